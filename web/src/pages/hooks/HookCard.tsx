// A webhook: when it last brought something, who changed it last, its mapping, and the ways to
// change or remove it.
import { Button, Code, Group, Paper, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'

export function HookCard({ hook, onChange }: { hook: Schemas['HookView']; onChange: () => void }) {
  const { t, language } = useTexts()
  const queries = useQueryClient()
  const [sure, setSure] = useState(false)
  const remove = api.useMutation('delete', '/api/v1/hooks/{hook}', {
    onSuccess: () => queries.invalidateQueries({ queryKey: ['get', '/api/v1/hooks'] }),
  })
  const failure: unknown = remove.error
  const { id } = hook
  return (
    <Paper className="paper" withBorder p="md" component="article" aria-labelledby={`hook-${id}`}>
      <Title order={3} size="h4" id={`hook-${id}`}>
        {id}
      </Title>
      <Text size="sm">
        {hook.last_received_at
          ? t('hook-last', { at: moment(language, hook.last_received_at) })
          : t('hook-never')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('hook-changed', {
          at: moment(language, hook.changed_at),
          who: hook.changed_by_name ?? hook.changed_by,
        })}
      </Text>
      <details className="earlier">
        <summary>{t('hook-mapping-show')}</summary>
        <Code block tabIndex={0} mt={6} aria-label={t('hook-mapping')}>
          {hook.mapping}
        </Code>
      </details>
      {sure ? (
        <div className="attention" role="alert" style={{ marginTop: 12 }}>
          <Text size="sm" mb="xs">
            {t('hook-remove-sure', { id })}
          </Text>
          <Group gap="xs">
            <Button
              size="sm"
              color="red"
              loading={remove.isPending}
              onClick={() => remove.mutate({ params: { path: { hook: id } } })}
            >
              {t('hook-remove')}
            </Button>
            <Button size="sm" variant="default" autoFocus onClick={() => setSure(false)}>
              {t('cancel')}
            </Button>
          </Group>
        </div>
      ) : (
        <Group gap="xs" mt="sm">
          <Button
            size="sm"
            variant="default"
            onClick={onChange}
            aria-label={t('hook-change-of', { id })}
          >
            {t('hook-change')}
          </Button>
          <Button
            size="sm"
            variant="default"
            onClick={() => setSure(true)}
            aria-label={t('hook-remove-of', { id })}
          >
            {t('hook-remove')}
          </Button>
        </Group>
      )}
      {failure !== null && <Problem problem={failure} />}
    </Paper>
  )
}
