// A trend as the chart, the table and the voice want it.
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import { ONE_RESULT } from '../../charts/columns'
import type { ChartTheme } from '../../charts/theme'
import { trendOption } from '../../charts/trend'
import { factor, period, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from './Estimate'

export function useTrend(
  indicator: Schemas['IndicatorRef'],
  trend: Schemas['IndicatorTrend']['trend'],
  look: { small: boolean; at?: string; periods: Schemas['PeriodRef'][] },
) {
  const { t, language } = useTexts()
  const words = useEstimateWords()
  const { small, at, periods } = look
  return useMemo(() => {
    const times = factor(indicator.kind)
    // The API leaves out periods without facts. Here each has its place, so that a group
    // that is asked every half year is not drawn as if it had been heard all along.
    const told = periods.map((when) => {
      const estimate = trend.find((point) => point.period.id === when.id)?.estimate
      const none = { value: '–', range: t('reason-no_answers'), all: t('reason-no_answers') }
      return {
        label: period(language, when),
        shown: estimate?.status === 'estimate' ? estimate : null,
        words: estimate ? words(estimate, indicator.kind) : none,
      }
    })
    const points = told.map(({ label, shown, words: { all } }) => {
      return {
        label,
        value: shown ? shown.value * times : null,
        lower: shown?.interval ? shown.interval.lower * times : null,
        upper: shown?.interval ? shown.interval.upper * times : null,
        words: all,
      }
    })
    const found = at === undefined ? -1 : periods.findIndex((when) => when.id === at)
    return {
      option: (theme: ChartTheme) =>
        trendOption(
          {
            points,
            target: indicator.target === null ? null : indicator.target * times,
            write: (value) => valueWords(language, indicator.kind, value / times),
            at: found < 0 ? undefined : found,
            small,
          },
          theme,
        ),
      spoken: points.map(({ label, words: all }) => `${label}: ${all}`),
      table: {
        head: [t('period'), t('value'), t('interval'), 'n'],
        columns: ONE_RESULT,
        rows: told.map(({ label, shown, words: { value, range } }) => [
          label,
          value,
          range,
          shown ? String(shown.n) : '',
        ]),
      },
    }
    // t and words change with the language alone.
  }, [indicator, trend, periods, language, small, at])
}
