// One indicator of one party: the number, its movement, its trend.
import { Paper, Text } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { trendOption } from '../../charts/trend'
import { change as changeWords, factor, period, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { EstimateBlock, useEstimateWords } from './Estimate'

type Indicator = Schemas['IndicatorRef']

/** A trend as the chart wants it, values as people read them. */
export function useTrend(indicator: Indicator, trend: Schemas['TrendPoint'][], small: boolean) {
  const { t, language } = useTexts()
  const words = useEstimateWords()
  const times = factor(indicator.kind)
  return useMemo(() => {
    const points = trend.map(({ period: when, estimate }) => {
      const shown = estimate.status === 'estimate' ? estimate : null
      return {
        label: period(language, when),
        value: shown ? shown.value * times : null,
        lower: shown?.interval ? shown.interval.lower * times : null,
        upper: shown?.interval ? shown.interval.upper * times : null,
      }
    })
    const write = (value: number) => valueWords(language, indicator.kind, value / times)
    return {
      option: (theme: Parameters<typeof trendOption>[1]) =>
        trendOption({ points, target: indicator.target == null ? null : indicator.target * times, write, small }, theme),
      table: {
        head: [t('period'), t('value'), t('interval-n')],
        rows: trend.map(({ period: when, estimate }) => {
          const { value, range } = words(estimate, indicator.kind)
          return [period(language, when), value, range]
        }),
      },
    }
    // t and words change with the language.
  }, [indicator, trend, language, small, times])
}

export function IndicatorCard({ overview }: { overview: Schemas['IndicatorOverview'] }) {
  const { t, named, language } = useTexts()
  const { indicator, estimate, change, trend } = overview
  const drawn = useTrend(indicator, trend, true)
  const moved = change
    ? t(change.interval && change.interval.lower <= 0 && change.interval.upper >= 0 ? 'change-unclear' : 'change', {
        change: changeWords(language, indicator.kind, change.value),
        lower: change.interval ? changeWords(language, indicator.kind, change.interval.lower) : '?',
        upper: change.interval ? changeWords(language, indicator.kind, change.interval.upper) : '?',
      })
    : t('change-none')
  return (
    <Paper className="paper" withBorder p="md">
      <Text size="sm" fw={600} mih={40}>{named(indicator.title)}</Text>
      <EstimateBlock estimate={estimate} kind={indicator.kind} />
      <Text size="xs" c="dimmed" mt={2}>
        {moved}
        {indicator.target != null && ` ${t('target', { target: valueWords(language, indicator.kind, indicator.target) })}`}
      </Text>
      <ChartFigure
        bare
        title={`${named(indicator.title)}: ${t('trend')}`}
        finding={moved}
        method={estimate.status === 'estimate' && estimate.interval ? t('method', { method: t(methodKey(estimate.interval.method)) }) : ''}
        height={64}
        focusSeries={1}
        option={drawn.option}
        table={drawn.table}
      />
    </Paper>
  )
}

const METHODS = ['tango_score', 'wilson', 't', 'linearised', 'clustered_t']

function methodKey(method: string): string {
  return METHODS.includes(method) ? `method-${method}` : 'method-other'
}
