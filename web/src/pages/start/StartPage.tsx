// The first page of an empty installation: begin with the demo's foundation under your own
// names, or apply a folder of your own.
import { Button, Code, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'

/** What of the demo's foundation most organisations call differently. */
const NAMES = [
  'party/customer',
  'party/frontline',
  'party/back_office',
  'level/chain',
  'level/region',
  'level/restaurant',
] as const

export function StartPage() {
  const { t } = useTexts()
  useTitle(t('start-title'))
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [rename, setRename] = useState<Record<string, string>>({})
  const { data: organisation } = api.useQuery('get', '/api/v1/organisation')
  const start = api.useMutation('post', '/api/v1/foundation/start', {
    onSuccess: async () => {
      await queries.invalidateQueries()
      await navigate({ to: '/' })
    },
  })
  if (organisation && !organisation.empty.foundation && !start.isPending) return <Navigate to="/" />
  return (
    <Stack gap="lg" maw={860}>
      <div>
        <Title order={1} size="h2">
          {t('start-title')}
        </Title>
        <Text mt={4}>{t('start-lead')}</Text>
      </div>
      <Paper className="paper" withBorder p="lg">
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const given = Object.fromEntries(
              Object.entries(rename).filter(([, text]) => text.trim()),
            )
            start.mutate({ body: { name, rename: given } })
          }}
        >
          <Stack gap="md">
            <Title order={2} size="h4">
              {t('start-demo')}
            </Title>
            <TextInput
              label={t('start-name')}
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              {NAMES.map((key) => (
                <TextInput
                  key={key}
                  label={t(`start-${key.replace('/', '-')}`)}
                  placeholder={t(`start-${key.replace('/', '-')}-example`)}
                  value={rename[key] ?? ''}
                  onChange={(event) => {
                    const text = event.currentTarget.value
                    setRename((before) => ({ ...before, [key]: text }))
                  }}
                />
              ))}
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              {t('start-rename-note')}
            </Text>
            {start.error && <Problem problem={start.error} />}
            <Button type="submit" loading={start.isPending} style={{ alignSelf: 'flex-start' }}>
              {t('start-go')}
            </Button>
          </Stack>
        </form>
      </Paper>
      <Paper className="paper" withBorder p="lg">
        <Title order={2} size="h4">
          {t('start-own')}
        </Title>
        <Text my="xs">{t('start-own-do')}</Text>
        <Code block tabIndex={0}>
          evenkeel apply FOLDER --reason "first version"
        </Code>
      </Paper>
    </Stack>
  )
}
