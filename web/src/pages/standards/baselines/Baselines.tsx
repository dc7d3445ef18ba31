// Which days count as normal on this chart, by whose word and why; and, for those who own the
// standard, a way to declare others. Nothing is removed: others take over from their first day.
import { Button, Group, List, Text, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../../api/client'
import type { Schemas } from '../../../api/types'
import { count, day, moment } from '../../../text/format'
import { personName } from '../../../text/person'
import { useTexts } from '../../../text/LanguageProvider'
import { BaselineForm } from './BaselineForm'

type Baseline = Schemas['BaselineView']

export function Baselines({ id, view }: { id: string; view: Schemas['ControlChartView'] }) {
  const { t, language } = useTexts()
  const params = { params: { path: { standard: id } } }
  const { data: standard } = api.useQuery('get', '/api/v1/standards/{standard}', params)
  const { data } = api.useQuery('get', '/api/v1/standards/{standard}/baselines', params)
  const [open, setOpen] = useState<Baseline | 'new' | null>(null)
  const unit = view.unit?.id ?? null
  const declared = (data?.baselines ?? []).filter((one) => one.unit === unit)
  const used = view.segments.flatMap(({ baseline, baseline_points: points }) =>
    baseline ? [{ baseline, points }] : [],
  )
  const inUse = (one: Baseline) =>
    used.some(
      ({ baseline }) =>
        baseline.from === one.from && baseline.to === one.to && baseline.reason === one.reason,
    )
  const owner = Boolean(standard?.may_change && !standard.retired)
  const last = view.segments[view.segments.length - 1]
  return (
    <div className="baselines">
      <Title order={4} size="h5" mt="md">
        {t('baseline-title')}
      </Title>
      {used.length === 0 ? (
        <Text size="sm">
          {t('baseline-none', { points: count(language, last?.baseline_points ?? 0) })}
        </Text>
      ) : (
        used.map(({ baseline, points }, at) => (
          <Text size="sm" key={at}>
            {t('baseline-in-use', {
              from: day(language, baseline.from),
              to: day(language, baseline.to),
              who: personName(baseline.author),
              reason: baseline.reason,
            })}{' '}
            <Text span c="dimmed">
              {points > 0
                ? t('baseline-points', { points: count(language, points) })
                : t('baseline-no-looks')}
            </Text>
          </Text>
        ))
      )}
      {declared.some((one) => !inUse(one)) && (
        <details className="earlier">
          <summary>
            {t('baseline-earlier', { count: declared.filter((one) => !inUse(one)).length })}
          </summary>
          <List size="sm" spacing={4} mt={4}>
            {declared
              .filter((one) => !inUse(one))
              .map((one, at) => (
                <List.Item key={at}>
                  {t('baseline-was', {
                    from: day(language, one.from),
                    to: day(language, one.to),
                    who: personName(one.author),
                    at: one.at ? moment(language, one.at) : '',
                    reason: one.reason,
                  })}
                </List.Item>
              ))}
          </List>
        </details>
      )}
      {owner && open === null && (
        <Group gap="xs" mt="xs" className="no-print">
          <Button size="sm" variant="default" onClick={() => setOpen('new')}>
            {t('baseline-declare')}
          </Button>
          {used.map(({ baseline }, at) => (
            <Button
              key={at}
              size="sm"
              variant="subtle"
              onClick={() => setOpen(baseline)}
              aria-label={t('baseline-replace-of', { from: day(language, baseline.from) })}
            >
              {t('baseline-replace')}
            </Button>
          ))}
        </Group>
      )}
      {owner && open !== null && (
        <BaselineForm
          id={id}
          view={view}
          first={open === 'new' ? null : open}
          onDone={() => setOpen(null)}
        />
      )}
    </div>
  )
}
