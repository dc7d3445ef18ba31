// Days to count as normal: typed, or from one point of the chart to another. What the limits would
// be is said before it is saved.
import {
  Button,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../../api/client'
import type { Schemas } from '../../../api/types'
import { period as periodWords } from '../../../text/format'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'
import { Preview } from './Preview'

export function BaselineForm({
  id,
  view,
  first,
  onDone,
}: {
  id: string
  view: Schemas['ControlChartView']
  /** The one that is to be replaced. */
  first: Schemas['BaselineView'] | null
  onDone: () => void
}) {
  const { t, named, language } = useTexts()
  const queries = useQueryClient()
  const [from, setFrom] = useState(first?.from ?? '')
  const [to, setTo] = useState(first?.to ?? '')
  const [reason, setReason] = useState('')
  const declare = api.useMutation('post', '/api/v1/standards/{standard}/baselines', {
    onSuccess: async () => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/standards/'),
      })
      onDone()
    },
  })
  const periods = [
    ...new Map(view.points.map(({ period }) => [period.id, period] as const)).values(),
  ]
  const points = [
    { value: '', label: t('baseline-point-none') },
    ...periods.map((one) => ({ value: one.id, label: periodWords(language, one) })),
  ]
  const at = (day: string, end: 'start' | 'end') =>
    periods.find((one) => one[end] === day)?.id ?? ''
  const inOrder = from !== '' && to !== '' && from <= to
  return (
    <Paper
      className="paper no-print"
      withBorder
      p="md"
      mt="sm"
      component="section"
      aria-labelledby="baseline-form"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          declare.mutate({
            params: { path: { standard: id } },
            body: { unit: view.unit?.id, from, to, reason: reason.trim() },
          })
        }}
      >
        <Stack gap="sm">
          <div>
            <Title order={5} size="h5" id="baseline-form">
              {t(first ? 'baseline-replace' : 'baseline-declare')}
            </Title>
            <Text size="sm">
              {t('baseline-lead', {
                unit: view.unit ? named(view.unit.title) : t('everywhere'),
              })}
            </Text>
          </div>
          <Group gap="sm" align="flex-end">
            <NativeSelect
              label={t('baseline-first-point')}
              data={points}
              value={at(from, 'start')}
              onChange={(event) => {
                const chosen = periods.find((one) => one.id === event.currentTarget.value)
                if (chosen) setFrom(chosen.start)
              }}
            />
            <NativeSelect
              label={t('baseline-last-point')}
              data={points}
              value={at(to, 'end')}
              onChange={(event) => {
                const chosen = periods.find((one) => one.id === event.currentTarget.value)
                if (chosen) setTo(chosen.end)
              }}
            />
            <TextInput
              type="date"
              required
              label={t('baseline-from')}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              required
              label={t('baseline-to')}
              value={to}
              error={from && to && from > to ? t('baseline-order') : undefined}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </Group>
          <div aria-live="polite">
            {inOrder && <Preview id={id} view={view} from={from} to={to} />}
          </div>
          <Textarea
            required
            autosize
            minRows={2}
            label={t('baseline-reason')}
            description={t('baseline-reason-note')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {declare.error && <Problem problem={declare.error} />}
          <Group gap="xs">
            <Button type="submit" disabled={!inOrder || !reason.trim()} loading={declare.isPending}>
              {t('baseline-save')}
            </Button>
            <Button variant="default" onClick={onDone}>
              {t('cancel')}
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            {t('baseline-stays')}
          </Text>
        </Stack>
      </form>
    </Paper>
  )
}
