// The groups of one attribute with their intervals, and every difference between them.
import { List, Text } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { ONE_RESULT } from '../../charts/columns'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { change, factor, percent, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'
import { leavesZero } from './effects'
import { useComparisonWords } from './useComparisonWords'

/** More pairs than this are folded away. */
const OPEN = 3

export function SegmentFigure({ view }: { view: Schemas['SegmentsView'] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const compared = useComparisonWords(view)
  const { indicator, attribute, groups, differences } = view
  const drawn = useMemo(() => {
    const times = factor(indicator.kind)
    const rows = groups.map(({ title, estimate }) => {
      const shown = estimate.status === 'estimate' ? estimate : null
      const told = words(estimate, indicator.kind)
      return {
        name: named(title),
        value: shown ? shown.value * times : null,
        lower: shown?.interval ? shown.interval.lower * times : null,
        upper: shown?.interval ? shown.interval.upper * times : null,
        words: `${named(title)}: ${told.all}`,
        note: shown ? undefined : told.range,
        cells: [named(title), told.value, told.range, shown ? String(shown.n) : ''],
      }
    })
    return {
      rows,
      option: (theme: ChartTheme) =>
        groupsOption(
          {
            rows,
            target: indicator.target === null ? null : indicator.target * times,
            write: (value) => valueWords(language, indicator.kind, value / times),
          },
          theme,
        ),
    }
    // words and named change with the language alone.
  }, [view, language])
  const title = (id: string) => named(groups.find((group) => group.value === id)?.title)
  const clear = differences.flatMap(({ first, second, difference }) =>
    difference.status === 'estimate' && leavesZero(difference.interval)
      ? [
          t('contact-differs', {
            first: title(first),
            second: title(second),
            change: change(language, indicator.kind, difference.value),
            lower: change(language, indicator.kind, difference.interval?.lower ?? 0),
            upper: change(language, indicator.kind, difference.interval?.upper ?? 0),
          }),
        ]
      : [],
  )
  const told = differences.flatMap((one) => compared(one) ?? [])
  const listed = (
    <List size="sm" spacing={4} className="number" aria-label={t('differences')}>
      {told.map((one) => (
        <List.Item key={one.pair}>
          <b>{one.pair}</b> {one.rest}
        </List.Item>
      ))}
    </List>
  )
  return (
    <ChartFigure
      title={named(attribute.title)}
      finding={clear.length > 0 ? clear.join(' ') : t('contact-same')}
      method={t('differs-method', { level: percent(language, view.difference_level, 1) })}
      anchor="differences"
      snapshot={view.snapshot}
      height={groups.length * 38 + 36}
      focusSeries={1}
      option={drawn.option}
      spoken={drawn.rows.map((row) => row.words)}
      table={{
        head: [t('group'), t('value'), t('interval'), 'n'],
        columns: ONE_RESULT,
        rows: drawn.rows.map((row) => row.cells),
      }}
      below={
        told.length === 0 ? undefined : told.length <= OPEN ? (
          listed
        ) : (
          <details className="more">
            <summary>
              <Text span size="sm">
                {t('differences-all', { count: told.length })}
              </Text>
            </summary>
            {listed}
          </details>
        )
      }
    />
  )
}
