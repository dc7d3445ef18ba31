// Other programs that send looks by themselves: a ticket system, a till, a kitchen's clock.
import { Button, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { HookCard } from './HookCard'
import { HookForm, type Made } from './HookForm'
import { MadeHook } from './MadeHook'

export function HooksPage() {
  const { t } = useTexts()
  useTitle(t('nav-hooks'))
  const queries = useQueryClient()
  const { data, error } = api.useQuery('get', '/api/v1/hooks')
  const [form, setForm] = useState<Schemas['HookView'] | 'new' | null>(null)
  const [made, setMade] = useState<Made | null>(null)
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  return (
    <Stack gap="lg" maw={920}>
      <Group justify="space-between" align="flex-start">
        <div style={{ flex: '1 1 320px' }}>
          <Title order={1} size="h2">
            {t('nav-hooks')}
          </Title>
          <Text mt={4} maw={720}>
            {t('hooks-lead')}
          </Text>
        </div>
        {form === null && (
          <Button
            onClick={() => {
              setMade(null)
              setForm('new')
            }}
          >
            {t('hook-new')}
          </Button>
        )}
      </Group>
      {made && <MadeHook made={made} onDone={() => setMade(null)} />}
      {form !== null && (
        <HookForm
          key={form === 'new' ? '' : form.id}
          hook={form === 'new' ? null : form}
          taken={data.hooks.map(({ id }) => id)}
          onMade={async (done) => {
            await queries.invalidateQueries({ queryKey: ['get', '/api/v1/hooks'] })
            setForm(null)
            setMade(done)
          }}
          onCancel={() => setForm(null)}
        />
      )}
      {data.hooks.length === 0 && form === null && (
        <Paper className="paper" withBorder p="lg">
          <Text fw={600}>{t('hooks-none')}</Text>
          <Text mt={4}>{t('hooks-none-do')}</Text>
        </Paper>
      )}
      {data.hooks.map((hook) => (
        <HookCard
          key={hook.id}
          hook={hook}
          onChange={() => {
            setMade(null)
            setForm(hook)
          }}
        />
      ))}
    </Stack>
  )
}
