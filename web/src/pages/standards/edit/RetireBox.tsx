// A promise that holds no more. Its versions and everything judged by them stay.
import { Button, Group, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../../api/client'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'

export function RetireBox({
  id,
  title,
  onRetired,
}: {
  id: string
  title: string
  onRetired: () => Promise<void>
}) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [from, setFrom] = useState('')
  const retire = api.useMutation('post', '/api/v1/standards/{standard}/retire')
  if (!open)
    return (
      <Group>
        <Button variant="default" onClick={() => setOpen(true)}>
          {t('retire')}
        </Button>
      </Group>
    )
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-labelledby="retire">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          retire.mutate(
            {
              params: { path: { standard: id } },
              body: { reason: reason.trim(), valid_from: from || undefined },
            },
            { onSuccess: () => void onRetired() },
          )
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id="retire">
            {t('retire-title', { title })}
          </Title>
          <Text size="sm">{t('retire-lead')}</Text>
          <Textarea
            label={t('retire-why')}
            required
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('retire-from')}
            description={t('edit-from-note')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            maw={260}
          />
          {retire.error && <Problem problem={retire.error} />}
          <Group gap="xs">
            <Button type="submit" color="red" loading={retire.isPending} disabled={!reason.trim()}>
              {t('retire')}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
