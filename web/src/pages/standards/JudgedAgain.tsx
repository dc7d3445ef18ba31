// Stored observations judged again: who did it, when, why and what it changed, for all who see the
// standard; for its owners first what would change, then for good.
import {
  Alert,
  Button,
  Group,
  List,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { day, moment, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { Section } from '../voices/Section'
import { AgainWords, countedWords } from './AgainWords'
import type { useNames } from './useNames'

/** How often a running one is asked how far it is. */
const ASK_EVERY_MS = 700

type Names = ReturnType<typeof useNames>
type Done = Schemas['ReassessView']

export function JudgedAgain({
  id,
  mayChange,
  since,
  names,
}: {
  id: string
  mayChange: boolean
  /** A version was just saved that holds from this day in the past. */
  since?: string
  names: Names
}) {
  const { t, language } = useTexts()
  const [open, setOpen] = useState(since !== undefined)
  const [done, setDone] = useState<Done | null>(null)
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/reassessments', {
    params: { path: { standard: id } },
  })
  if (error) return <Problem problem={error} />
  const listed = data?.reassessments ?? []
  if (!mayChange && listed.length === 0) return null
  return (
    <Section id="again" title={t('again-title')} lead={t('again-lead')}>
      {mayChange && since !== undefined && !done && (
        <Alert variant="outline" color="orange" className="paper" role="status">
          {t('again-since', { day: day(language, since) })}
        </Alert>
      )}
      {done && (
        <Paper className="paper" withBorder p="md" role="status">
          <Text fw={600} mb={4}>
            {t('again-done')}
          </Text>
          <AgainWords counts={done.counts} before={done.before} after={done.after} />
        </Paper>
      )}
      {mayChange &&
        (open ? (
          <AgainForm
            id={id}
            since={since}
            onCancel={() => setOpen(false)}
            onDone={(found) => {
              setOpen(false)
              setDone(found)
            }}
          />
        ) : (
          <Group className="no-print">
            <Button variant="default" onClick={() => setOpen(true)}>
              {t('again-open')}
            </Button>
          </Group>
        ))}
      {listed.length === 0 ? (
        <Text size="sm">{t('again-never')}</Text>
      ) : (
        <List listStyleType="none" spacing="sm">
          {listed.map((one) => (
            <List.Item key={one.id}>
              <Text size="sm">
                {t('again-by', {
                  author: one.author,
                  at: moment(language, one.at),
                  reason: one.reason,
                })}{' '}
                {one.unit !== null && `${t('again-unit', { unit: names.name('unit', one.unit) })} `}
                {one.from !== null && `${t('again-from-day', { day: day(language, one.from) })} `}
                {one.to !== null && t('again-to-day', { day: day(language, one.to) })}
              </Text>
              <Text size="sm" c="dimmed">
                {one.state === 'done'
                  ? one.counts && countedWords(t, language, one.counts)
                  : t(`again-${one.state}`)}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  )
}

function AgainForm({
  id,
  since,
  onCancel,
  onDone,
}: {
  id: string
  since?: string
  onCancel: () => void
  onDone: (done: Done) => void
}) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [from, setFrom] = useState(since ?? '')
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const dry = api.useMutation('post', '/api/v1/standards/{standard}/reassess')
  const run = api.useMutation('post', '/api/v1/standards/{standard}/reassess')
  const params = { path: { standard: id } }
  const days = { from: from || undefined, to: to || undefined }
  const look = () => dry.mutate({ params, body: { ...days, reason: reason.trim(), dry_run: true } })
  // What was said of other days says nothing of these.
  const change = (set: (day: string) => void) => (day: string) => {
    set(day)
    dry.reset()
  }
  const found = dry.data
  const nothing = found !== undefined && found.counts.changed === 0
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-labelledby="again-form">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!found) return look()
          run.mutate(
            { params, body: { ...days, reason: reason.trim(), dry_run: false } },
            {
              onSuccess: (done) => {
                onDone(done)
                void queries.invalidateQueries()
              },
            },
          )
        }}
      >
        <Stack gap="sm">
          <Title order={3} size="h4" id="again-form">
            {t('again-form')}
          </Title>
          <Text size="sm">{t('again-form-lead')}</Text>
          <Group align="flex-end" gap="sm">
            <Day label={t('again-from')} value={from} onChange={change(setFrom)} />
            <Day label={t('again-to')} value={to} onChange={change(setTo)} />
            <Button variant="default" onClick={look} loading={dry.isPending}>
              {t('again-see')}
            </Button>
          </Group>
          {(dry.isPending || run.isPending) && <HowFar id={id} />}
          {dry.error && <Problem problem={dry.error} />}
          <div aria-live="polite">
            {found && (
              <AgainWords counts={found.counts} before={found.before} after={found.after} />
            )}
            {found && nothing && found.counts.looks > 0 && (
              <Text size="sm" fw={600} mt={4}>
                {t('again-nothing')}
              </Text>
            )}
          </div>
          {found && !nothing && (
            <Textarea
              label={t('again-why')}
              description={t('again-why-note')}
              required
              autosize
              minRows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {run.error && <Problem problem={run.error} />}
          <Group gap="xs">
            {found && !nothing && (
              <Button type="submit" loading={run.isPending} disabled={!reason.trim()}>
                {t('again-do')}
              </Button>
            )}
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (day: string) => void
}) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={190}
    />
  )
}

/** How much of the table was passed. */
function HowFar({ id }: { id: string }) {
  const { t, language } = useTexts()
  const { data } = api.useQuery(
    'get',
    '/api/v1/standards/{standard}/reassessments',
    { params: { path: { standard: id } } },
    { refetchInterval: ASK_EVERY_MS },
  )
  const running = data?.running
  if (!running || running.rows_total === 0) return null
  return (
    <Text size="sm" role="status">
      {t('again-how-far', { share: percent(language, running.rows_passed / running.rows_total) })}
    </Text>
  )
}
