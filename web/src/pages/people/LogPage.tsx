// Who did what, newest first. Entries are never removed; numbers without a gap show it.
import { Button, Code, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import { moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'

export function LogPage() {
  const { t, language } = useTexts()
  useTitle(t('nav-log'))
  const [before, setBefore] = useState<number | undefined>()
  const { data, error } = api.useQuery('get', '/api/v1/audit', { params: { query: { before } } })
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  return (
    <Stack gap="lg">
      <div>
        <Title order={1} size="h2">
          {t('nav-log')}
        </Title>
        <Text mt={4}>{t('log-lead')}</Text>
      </div>
      <Paper className="paper" withBorder p="md">
        <Table.ScrollContainer
          minWidth={760}
          scrollAreaProps={{
            viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('nav-log') },
          }}
        >
          <Table data-results="none">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('log-number')}</Table.Th>
                <Table.Th>{t('log-when')}</Table.Th>
                <Table.Th>{t('log-who')}</Table.Th>
                <Table.Th>{t('log-what')}</Table.Th>
                <Table.Th>{t('log-about')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.entries.map((entry) => (
                <Table.Tr key={entry.sequence}>
                  <Table.Td>{entry.sequence}</Table.Td>
                  <Table.Td className="nowrap">{moment(language, entry.at)}</Table.Td>
                  <Table.Td className="nowrap">{entry.actor_name ?? entry.actor}</Table.Td>
                  <Table.Td>{entry.action}</Table.Td>
                  <Table.Td>
                    {entry.subject_name ?? entry.subject}
                    {entry.detail !== null && Object.keys(entry.detail as object).length > 0 && (
                      <Code display="block">{JSON.stringify(entry.detail)}</Code>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      {data.next_before != null && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setBefore(data.next_before ?? undefined)}
        >
          {t('log-older')}
        </Button>
      )}
    </Stack>
  )
}
