// Step 3: the first rows as they would be stored, and every problem by line and column.
import { Alert, Button, Group, List, Stack, Table, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { problemWords } from '../Problem'

export function LookAtRows({
  preview,
  onBack,
  onRun,
}: {
  preview: Schemas['PreviewView']
  onBack: () => void
  onRun: () => void
}) {
  const { t, language } = useTexts()
  const filled = preview.columns.map((_, at) => preview.rows.some((row) => row[at] !== null))
  const ok = preview.problems_total === 0
  return (
    <Stack mt="md">
      <Alert color={ok ? 'blue' : 'orange'} variant="light" title={t(ok ? 'preview-ok' : 'preview-problems', { problems: count(language, preview.problems_total) })}>
        {t('preview-checked', { rows: count(language, preview.rows_checked), units: preview.new_units.length })}
        {!ok && (
          <List size="sm" mt="xs">
            {preview.problems.slice(0, 20).map((one, at) => (
              <List.Item key={at}>{problemWords(one)}</List.Item>
            ))}
          </List>
        )}
      </Alert>
      <Text>{t('preview-rows')}</Text>
      <Table.ScrollContainer minWidth={640} maxHeight={380} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table striped stickyHeader>
          <caption className="sr-only">{t('preview-rows')}</caption>
          <Table.Thead>
            <Table.Tr>
              {preview.columns.map((column, at) => filled[at] && <Table.Th key={column.name} scope="col">{column.name}</Table.Th>)}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.map((row, index) => (
              <Table.Tr key={index}>
                {row.map((cell, at) => filled[at] && <Table.Td key={at}>{cell === null ? '–' : String(cell)}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group>
        <Button variant="default" onClick={onBack}>{t('back')}</Button>
        <Button onClick={onRun} disabled={!ok}>{t('preview-run')}</Button>
        {!ok && <Text size="sm">{t('preview-correct-first')}</Text>}
      </Group>
    </Stack>
  )
}
