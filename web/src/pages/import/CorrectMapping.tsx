// Step 2: what each column was taken for, and the mapping itself to correct.
import { Badge, Button, Code, Group, Stack, Table, Text, Textarea } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import type { Chosen } from './ImportPage'

export function CorrectMapping({
  chosen,
  mapping,
  onMapping,
  onPreview,
}: {
  chosen: Chosen
  mapping: string
  onMapping: (text: string) => void
  onPreview: (preview: Schemas['PreviewView']) => void
}) {
  const { t } = useTexts()
  const preview = api.useMutation('post', '/api/v1/imports/preview', { onSuccess: onPreview })
  return (
    <Stack mt="md">
      <Text>{t('mapping-lead', { file: chosen.name })}</Text>
      <Table.ScrollContainer minWidth={520} maxHeight={320} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table striped stickyHeader>
          <caption className="sr-only">{t('import-step-mapping')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('mapping-column')}</Table.Th>
              <Table.Th scope="col">{t('mapping-samples')}</Table.Th>
              <Table.Th scope="col">{t('mapping-target')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {chosen.guess.columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Td><Code>{column.name}</Code></Table.Td>
                <Table.Td>{column.samples.slice(0, 3).join(' · ')}</Table.Td>
                <Table.Td>
                  {column.target ? (
                    <Badge variant="light" color={column.confidence >= 0.7 ? 'blue' : 'orange'} tt="none">
                      {column.target}
                    </Badge>
                  ) : (
                    <Text size="sm" c="dimmed">{t('mapping-unused')}</Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Textarea
        label={t('mapping-text')}
        description={t('mapping-text-note')}
        autosize
        minRows={10}
        maxRows={28}
        spellCheck={false}
        styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: 13 } }}
        value={mapping}
        onChange={(event) => onMapping(event.currentTarget.value)}
      />
      {preview.error && <Problem problem={preview.error} />}
      <Group>
        <Button loading={preview.isPending} onClick={() => preview.mutate({ body: { upload: chosen.upload, mapping } })}>
          {t('mapping-look')}
        </Button>
      </Group>
    </Stack>
  )
}
