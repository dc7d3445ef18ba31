// Step 3: the first rows as they would be stored, and every problem by line and column.
import { Button, Group, Paper, Radio, Stack, Table, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Spots } from '../Problem'

export function LookAtRows({
  preview,
  onError,
  onOnError,
  onBack,
  onRun,
}: {
  preview: Schemas['PreviewView']
  onError: Schemas['OnError']
  onOnError: (onError: Schemas['OnError']) => void
  onBack: () => void
  onRun: () => void
}) {
  const { t, named, language } = useTexts()
  const good = preview.problems_total === 0
  const shown = preview.problems.slice(0, 20)
  const missing = preview.missing.filter((one) => one.count > 0)
  return (
    <Stack mt="md">
      <Paper className={good ? 'paper' : 'attention'} withBorder p="md" role="status">
        <Text fw={600}>
          {good ? t('preview-ok') : t('preview-problems', { problems: preview.problems_total })}
        </Text>
        <Text size="sm">
          {t('preview-checked', { rows: count(language, preview.rows_checked) })}
        </Text>
        {missing.length > 0 && (
          <Text size="sm">
            {t('preview-missing', {
              columns: missing.map((one) => `${one.name} ${count(language, one.count)}`).join(', '),
            })}
          </Text>
        )}
        {preview.new_units.length > 0 && (
          <Text size="sm">
            {t('preview-units', {
              units: preview.new_units.length,
              names: preview.new_units
                .slice(0, 8)
                .map((one) => named(one.title))
                .join(', '),
            })}
          </Text>
        )}
        {!good && <Spots spots={shown} more={preview.problems_total - shown.length} />}
      </Paper>
      <Rows preview={preview} />
      {!good && (
        <Radio.Group
          label={t('on-error')}
          value={onError}
          onChange={(value) => onOnError(value as Schemas['OnError'])}
        >
          <Stack gap={6} mt={6}>
            <Radio value="abort" label={t('on-error-abort')} />
            <Radio value="reject" label={t('on-error-reject')} />
          </Stack>
        </Radio.Group>
      )}
      <Group>
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button onClick={onRun} disabled={!good && onError === 'abort'}>
          {t('preview-run')}
        </Button>
      </Group>
    </Stack>
  )
}

function Rows({ preview }: { preview: Schemas['PreviewView'] }) {
  const { t } = useTexts()
  // Columns that are empty in all rows shown would push the others out of sight.
  const filled = preview.columns.map((_, at) => preview.rows.some((row) => row[at] !== null))
  return (
    <Paper className="paper" withBorder>
      <Table.ScrollContainer
        minWidth={640}
        maxHeight={380}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('preview-rows') },
        }}
      >
        <Table striped stickyHeader fz="sm" data-results="none">
          <caption>{t('preview-rows')}</caption>
          <Table.Thead>
            <Table.Tr>
              {preview.columns.map(
                (column, at) =>
                  filled[at] && (
                    <Table.Th key={column.name} scope="col">
                      {column.name}
                    </Table.Th>
                  ),
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.map((row, index) => (
              <Table.Tr key={index}>
                {row.map(
                  (cell, at) =>
                    filled[at] && (
                      <Table.Td key={at}>
                        {cell === null || cell === undefined ? '–' : String(cell)}
                      </Table.Td>
                    ),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
