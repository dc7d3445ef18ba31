// Before saving: what changes, in words, why, and from when.
import { Button, Group, List, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../../api/client'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'
import { useChangeWords } from '../useChangeWords'
import type { useNames } from '../useNames'
import type { DraftState } from './useDraft'

export function SaveBox({
  draft,
  names,
  version,
  onSaved,
}: {
  draft: DraftState
  names: ReturnType<typeof useNames>
  version: number
  onSaved: (id: string, from: string) => Promise<void>
}) {
  const { t } = useTexts()
  const words = useChangeWords(names)
  const [reason, setReason] = useState('')
  const [from, setFrom] = useState('')
  const put = api.useMutation('put', '/api/v1/standards/{standard}')
  const { checked, problems, checking } = draft
  const nothing = checked !== null && checked.action === null
  const state = checking
    ? 'edit-checking'
    : problems.length > 0
      ? 'edit-first-mend'
      : nothing
        ? 'edit-nothing'
        : checked
          ? version === 0
            ? 'edit-becomes'
            : 'edit-changes'
          : 'edit-unwritten'
  const id = draft.content.id
  const ready = checked !== null && !nothing && !checking && reason.trim() !== '' && id !== ''
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-labelledby="save">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!checked || !ready) return
          put.mutate(
            {
              params: { path: { standard: id } },
              // The text that was checked: both ways of writing end in the same version.
              body: {
                text: checked.text,
                reason: reason.trim(),
                valid_from: from || undefined,
                expected_version: version,
              },
            },
            { onSuccess: () => void onSaved(id, from) },
          )
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id="save">
            {t('edit-save-title')}
          </Title>
          <div aria-live="polite">
            <Text size="sm">{t(state)}</Text>
            {checked && checked.changes.length > 0 && version > 0 && (
              <List size="sm" spacing={4} mt={4}>
                {checked.changes.map((change) => (
                  <List.Item key={change.path}>{words(change)}</List.Item>
                ))}
              </List>
            )}
          </div>
          <Textarea
            label={t('edit-reason')}
            description={t('edit-reason-note')}
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('edit-from')}
            description={t('edit-from-note')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            maw={260}
          />
          {put.error && <Problem problem={put.error} />}
          <Group>
            <Button type="submit" disabled={!ready} loading={put.isPending}>
              {t(version === 0 ? 'edit-create' : 'edit-save', { version: version + 1 })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
