// Every indicator of the group: number, interval, movement, trend. Those that the overview
// leaves out are asked for here.
import { SimpleGrid, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { IndicatorCard, type Shown } from '../overview/IndicatorCard'
import { Problem } from '../Problem'
import { RaterGate } from './RaterScore'
import { Section } from './Section'
import { windowOf } from './window'

export function HowTheyAre({
  party,
  indicators,
  objects,
  period,
  periods,
  granularity,
}: {
  party: Schemas['PartyOverview']
  indicators: Schemas['IndicatorRef'][]
  objects: Schemas['ObjectView'][]
  period: Schemas['PeriodRef']
  /** The latest first, as the API has them. */
  periods: Schemas['PeriodRef'][]
  granularity: string
}) {
  const { t } = useTexts()
  const inTime = useMemo(() => [...periods].reverse(), [periods])
  const others = indicators.filter(
    ({ id }) => !party.indicators.some(({ indicator }) => indicator.id === id),
  )
  const found = useQueries({
    queries: others.map(({ id }) =>
      api.queryOptions('get', '/api/v1/estimates', {
        params: { query: { indicator: id, by: granularity } },
      }),
    ),
  })
  const failed = found.find((one) => one.error)
  const asked = others.flatMap((indicator, at): Shown[] => {
    const view = found[at].data
    return view ? [shownOf(indicator, view, period.id)] : []
  })
  // What people say comes before what was seen of a promise to them.
  const shown = [...party.indicators, ...asked]
    .filter(({ trend }) => trend.some(({ estimate }) => estimate.status !== 'undefined'))
    .sort((one, other) => Number(ofStandard(one)) - Number(ofStandard(other)))
  return (
    <Section id="are" title={t('voices-are')}>
      {failed && <Problem problem={failed.error} />}
      {shown.length === 0 ? (
        <Text c="dimmed">{t(found.some((one) => one.isLoading) ? 'loading' : 'are-none')}</Text>
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
          {shown.map((one) => (
            <RaterGate
              key={one.indicator.id}
              indicator={one.indicator}
              objects={objects}
              window={windowOf(period)}
            >
              <IndicatorCard overview={one} period={period.id} periods={inTime} />
            </RaterGate>
          ))}
        </SimpleGrid>
      )}
    </Section>
  )
}

const ofStandard = ({ indicator }: Shown) =>
  indicator.kind === 'conformance' || indicator.kind === 'within_target'

/** An indicator's rows by period as a card wants them. */
function shownOf(
  indicator: Schemas['IndicatorRef'],
  { rows, snapshot }: Schemas['EstimatesView'],
  period: string,
): Shown {
  const trend = rows.flatMap((row) =>
    row.period ? [{ period: row.period, estimate: row.estimate }] : [],
  )
  const now = trend.find((point) => point.period.id === period)
  // What is put together from shares is a share: 0.55 of 1 reads as 55%.
  const { kind, scale } = indicator
  const written = kind === 'composite' && scale?.min === 0 && scale.max === 1 ? 'share' : kind
  return {
    indicator: { ...indicator, kind: written },
    trend,
    estimate: now?.estimate ?? {
      status: 'undefined',
      reason: { reason: 'no_answers' },
      n: 0,
      snapshot,
    },
  }
}
