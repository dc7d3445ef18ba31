// Step 2: what each column was taken for, to correct in a table, and the mapping as text.
import {
  Button,
  Code,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Table,
  Text,
  Textarea,
} from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import type { Chosen } from './ImportPage'
import { isCorrectable, retarget, SINGLE } from './mapping'
import { useItems } from './useItems'

export function CorrectMapping({
  chosen,
  mapping,
  onMapping,
  onChosen,
  onPreview,
}: {
  chosen: Chosen
  mapping: string
  onMapping: (text: string) => void
  onChosen: (chosen: Chosen) => void
  onPreview: (preview: Schemas['PreviewView']) => void
}) {
  const { t } = useTexts()
  const preview = api.useMutation('post', '/api/v1/imports/preview', { onSuccess: onPreview })
  const correct = (name: string, target: string | null) => {
    onMapping(retarget(mapping, name, target))
    const columns = chosen.guess.columns.map((column) => {
      if (column.name === name) return { ...column, target, confidence: 1 }
      // A target that a mapping has once has moved away from this column.
      const moved = target !== null && !target.startsWith('item:') && column.target === target
      return moved ? { ...column, target: null } : column
    })
    onChosen({ ...chosen, guess: { ...chosen.guess, columns } })
  }
  return (
    <Stack mt="md">
      <Text>
        {t('mapping-lead', { file: chosen.name, kind: t(`import-kind-${chosen.guess.kind}`) })}
      </Text>
      <Columns columns={chosen.guess.columns} mapping={mapping} onCorrect={correct} />
      <Textarea
        label={t('mapping-text')}
        description={t('mapping-text-note')}
        autosize
        minRows={8}
        maxRows={26}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        value={mapping}
        onChange={(event) => onMapping(event.currentTarget.value)}
      />
      {preview.error && <Problem problem={preview.error} />}
      <Group>
        <Button
          loading={preview.isPending}
          onClick={() => preview.mutate({ body: { upload: chosen.upload, mapping } })}
        >
          {t('mapping-look')}
        </Button>
      </Group>
    </Stack>
  )
}

function Columns({
  columns,
  mapping,
  onCorrect,
}: {
  columns: Schemas['GuessedColumn'][]
  mapping: string
  onCorrect: (column: string, target: string | null) => void
}) {
  const { t } = useTexts()
  const { items, attributes } = useItems(mapping)
  const choices = (target: string | null) => {
    const known = [
      { value: '', label: t('mapping-unused') },
      ...SINGLE.map((one) => ({ value: one, label: t(`target-${one}`) })),
      ...items.map(({ id, title }) => ({
        value: `item:${id}`,
        label: t('target-item', { title }),
      })),
      ...attributes.map(({ id, title }) => ({ value: `attributes.${id}`, label: title })),
    ]
    return target && !known.some(({ value }) => value === target)
      ? [...known, { value: target, label: target }]
      : known
  }
  return (
    <Paper className="paper" withBorder>
      <Table.ScrollContainer
        minWidth={640}
        maxHeight={420}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('mapping-columns') },
        }}
      >
        <Table stickyHeader verticalSpacing="xs" data-results="none">
          <caption className="sr-only">{t('mapping-columns')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('mapping-column')}</Table.Th>
              <Table.Th scope="col">{t('mapping-samples')}</Table.Th>
              <Table.Th scope="col">{t('mapping-target')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Th scope="row" fw={500}>
                  {column.name}
                </Table.Th>
                <Table.Td c="dimmed">{column.samples.slice(0, 3).join(' · ')}</Table.Td>
                <Table.Td miw={220}>
                  {isCorrectable(column.target) ? (
                    <NativeSelect
                      aria-label={t('mapping-target-of', { column: column.name })}
                      size="sm"
                      value={column.target ?? ''}
                      description={
                        column.target && column.confidence < 0.7 ? t('mapping-unsure') : undefined
                      }
                      inputWrapperOrder={['input', 'description']}
                      onChange={(event) =>
                        onCorrect(column.name, event.currentTarget.value || null)
                      }
                      data={choices(column.target)}
                    />
                  ) : (
                    <Code>{column.target}</Code>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  )
}
