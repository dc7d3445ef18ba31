// One indicator of one party: the number, its movement, its trend.
import { Paper, Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { change as changeWords, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { methodOf } from '../methods/anchors'
import { EstimateBlock, NotAScore, methodKey } from './Estimate'
import { useTrend } from './useTrend'

/** What a card shows; without `change` it says nothing about the period before. */
export type Shown = Pick<Schemas['IndicatorOverview'], 'indicator' | 'estimate' | 'trend'> &
  Partial<Pick<Schemas['IndicatorOverview'], 'change'>>

export function IndicatorCard({
  overview,
  period,
  periods,
}: {
  overview: Shown
  period: string
  /** In order of time. */
  periods: Schemas['PeriodRef'][]
}) {
  const { t, named, language } = useTexts()
  const { indicator, estimate, change, trend } = overview
  const drawn = useTrend(indicator, trend, { small: true, at: period, periods })
  const moved = useMoved(indicator.kind, change)
  const target =
    indicator.target === null
      ? null
      : t('target', { target: valueWords(language, indicator.kind, indicator.target) })
  // A period without its own number still has those before it in its table.
  const snapshot =
    estimate.snapshot || trend.find((point) => point.estimate.snapshot)?.estimate.snapshot
  const interval = estimate.status === 'estimate' ? estimate.interval : null
  if (estimate.status === 'not_reliable') {
    return (
      <Paper className="paper card" withBorder p="md" data-snapshot={snapshot}>
        <Title order={3} size="sm" fw={600} mb={6}>
          {named(indicator.title)}
        </Title>
        <NotAScore estimate={estimate} />
      </Paper>
    )
  }
  return (
    <Paper className="paper card" withBorder p="md" data-snapshot={snapshot}>
      <Title order={3} size="sm" fw={600} mb={6} pr={24}>
        {named(indicator.title)}
      </Title>
      <EstimateBlock estimate={estimate} kind={indicator.kind} />
      <Text size="sm" mt={6} mb="auto" pb={8}>
        {moved} {target && <span style={{ whiteSpace: 'nowrap' }}>{target}</span>}
      </Text>
      <ChartFigure
        bare
        level={4}
        title={t('trend-of', { indicator: named(indicator.title) })}
        finding={moved}
        method={interval ? t('method', { method: t(methodKey(interval.method)) }) : undefined}
        anchor={interval ? methodOf(indicator.kind) : undefined}
        snapshot={snapshot}
        height={72}
        focusSeries={1}
        option={drawn.option}
        table={drawn.table}
        spoken={drawn.spoken}
      />
    </Paper>
  )
}

/** "+2 on the period before (0 to +3): may be chance." */
function useMoved(
  kind: Schemas['IndicatorKind'],
  change: Schemas['IndicatorOverview']['change'] | undefined,
): string {
  const { t, language } = useTexts()
  if (change === undefined) return ''
  if (!change) return t('change-none')
  const { interval } = change
  if (!interval) return t('change-bare', { change: changeWords(language, kind, change.value) })
  const clear = interval.lower > 0 || interval.upper < 0
  return t(clear ? 'change' : 'change-unclear', {
    change: changeWords(language, kind, change.value),
    lower: changeWords(language, kind, interval.lower),
    upper: changeWords(language, kind, interval.upper),
  })
}
