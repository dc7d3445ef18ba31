// What came in before, newest first.
import { Paper, Table, Text, Title } from '@mantine/core'

import { api } from '../../api/client'
import { count, moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'

export function PastImports() {
  const { t, language } = useTexts()
  const { data } = api.useQuery('get', '/api/v1/imports', { params: { query: { limit: 20 } } })
  if (!data) return null
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-label={t('past-title')}>
      <Title order={2} size="h4">
        {t('past-title')}
      </Title>
      {data.imports.length === 0 ? (
        <Text mt={4}>{t('past-none')}</Text>
      ) : (
        <Table.ScrollContainer
          minWidth={560}
          scrollAreaProps={{
            viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('past-title') },
          }}
        >
          <Table fz="sm" data-results="none">
            <caption className="sr-only">{t('past-title')}</caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('past-file')}</Table.Th>
                <Table.Th scope="col">{t('past-when')}</Table.Th>
                <Table.Th scope="col">{t('past-status')}</Table.Th>
                <Table.Th scope="col">{t('past-stored')}</Table.Th>
                <Table.Th scope="col">{t('past-rejected')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.imports.map((one) => (
                <Table.Tr key={one.import}>
                  <Table.Th scope="row" fw={500}>
                    {one.file_name}
                  </Table.Th>
                  <Table.Td>{moment(language, one.started_at)}</Table.Td>
                  <Table.Td>{t(`status-${one.status}`)}</Table.Td>
                  <Table.Td className="number">{count(language, one.rows_stored)}</Table.Td>
                  <Table.Td className="number">{count(language, one.rows_rejected)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  )
}
