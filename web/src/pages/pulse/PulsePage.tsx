// The keepers' pulse: a minute a month, about what one's own group owes. Do I know it, can I, do I
// want to?
import { Button, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import type { PulseSearch } from '../../app/router'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { Waiting } from '../standards/Waiting'
import { useTitle } from '../useTitle'
import { Questions } from './Questions'
import { complete, type Said } from './said'

type View = Schemas['PulseView']

export function PulsePage() {
  const { t } = useTexts()
  useTitle(t('nav-pulse'))
  const { party } = useSearch({ strict: false }) as PulseSearch
  const { data, error, refetch } = api.useQuery('get', '/api/v1/pulse', {
    params: { query: { party } },
  })
  return (
    <Stack gap="lg" maw={640} mx="auto">
      <div>
        <Title order={1} size="h2">
          {t('pulse-title')}
        </Title>
        <Text mt={4}>{t('pulse-lead')}</Text>
      </div>
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Waiting />
      ) : (
        <Asked key={data.wave + data.party} view={data} onSent={() => void refetch()} />
      )}
    </Stack>
  )
}

function Asked({ view, onSent }: { view: View; onSent: () => void }) {
  const { t, named, language } = useTexts()
  const navigate = useNavigate()
  const [said, setSaid] = useState<Record<string, Said>>({})
  const [unit, setUnit] = useState(view.units[0]?.id)
  const send = api.useMutation('post', '/api/v1/pulse', {
    onSuccess: () => {
      setSaid({})
      window.scrollTo({ top: 0 })
      onSent()
    },
  })
  const choose = (party: string) => void navigate({ to: '/pulse', search: { party } })
  if (!unit) return <Nothing words={t('pulse-no-unit')} />
  if (view.parties.length === 0) return <Nothing words={t('pulse-no-standards')} />
  if (view.party === null)
    return (
      <Paper className="paper" withBorder p="lg">
        <Title order={2} size="h4" mb="sm">
          {t('pulse-group')}
        </Title>
        <Stack gap="xs">
          {view.parties.map((party) => (
            <Button key={party.id} variant="default" size="lg" onClick={() => choose(party.id)}>
              {named(party.title)}
            </Button>
          ))}
        </Stack>
      </Paper>
    )
  const ready = view.standards.flatMap(({ id }) => {
    const one = said[id]
    return complete(one) ? [{ standard: id, ...one }] : []
  })
  const others = view.parties.filter(({ id }) => id !== view.party)
  return (
    <>
      {view.standards.length === 0 ? (
        <Nothing words={t(view.answered > 0 ? 'pulse-done' : 'pulse-nothing')} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send.mutate({
              body: {
                party: view.party ?? '',
                unit,
                answers: ready,
              },
            })
          }}
        >
          <Stack gap="lg">
            {view.units.length > 1 && (
              <NativeSelect
                label={t('pulse-unit')}
                value={unit}
                onChange={(event) => setUnit(event.currentTarget.value)}
                data={view.units.map(({ id, title }) => ({ value: id, label: named(title) }))}
              />
            )}
            {view.standards.map((standard) => (
              <Questions
                key={standard.id}
                standard={standard}
                answers={view.answers}
                said={said[standard.id] ?? {}}
                onSay={(change) =>
                  setSaid((all) => ({ ...all, [standard.id]: { ...all[standard.id], ...change } }))
                }
              />
            ))}
            {send.error && <Problem problem={send.error} />}
            <Button type="submit" size="lg" disabled={ready.length === 0} loading={send.isPending}>
              {t('pulse-send', { standards: ready.length })}
            </Button>
          </Stack>
        </form>
      )}
      <Text size="sm" c="dimmed">
        {t('pulse-private', { minimum: count(language, view.minimum_n ?? 0) })}
      </Text>
      {others.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('pulse-other-group', { group: groupName(view, named) })}{' '}
          {others.map((party) => (
            <Button
              key={party.id}
              size="compact-sm"
              variant="default"
              mr={6}
              onClick={() => choose(party.id)}
            >
              {named(party.title)}
            </Button>
          ))}
        </Text>
      )}
    </>
  )
}

function groupName(view: View, named: ReturnType<typeof useTexts>['named']): string {
  return named(view.parties.find(({ id }) => id === view.party)?.title)
}

function Nothing({ words }: { words: string }) {
  return (
    <Paper className="paper" withBorder p="lg">
      <Text role="status">{words}</Text>
    </Paper>
  )
}
