// Internal and external side by side, a point a unit.
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import { alignmentOption, type AlignmentPoint } from '../../charts/alignment'
import ChartFigure from '../../charts/ChartFigure'
import { PLACES } from '../../charts/placed'
import type { ChartTheme } from '../../charts/theme'
import { count, factor, percent, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from './Estimate'
import { Legend } from './Legend'

type View = Schemas['AlignmentView']
type Side = Schemas['SideValue']

/** Value and interval × factor; what has no interval stands for itself. */
function triple(side: Side, times: number): [number, number, number] | null {
  if (side.status === 'estimate') {
    const { value, interval } = side
    return [value * times, (interval?.lower ?? value) * times, (interval?.upper ?? value) * times]
  }
  if (side.status === 'covariate' && side.value !== null) {
    return [side.value * times, side.value * times, side.value * times]
  }
  return null
}

export function Alignment({
  alignment,
  selected,
  onUnit,
}: {
  alignment: View
  selected?: string
  onUnit: (unit: string) => void
}) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { internal, external, counts } = alignment
  const points = useMemo(
    () =>
      alignment.units.flatMap((unit): AlignmentPoint[] => {
        const x = triple(unit.external, factor(external.kind))
        const y = triple(unit.internal, factor(internal.kind))
        if (!x || !y || unit.quadrant === 'not_shown') return []
        return [
          {
            id: unit.unit,
            name: named(unit.title),
            x,
            y,
            placed: unit.quadrant,
            words: [
              named(unit.title),
              `${named(external.title)}: ${words(unit.external, external.kind).all}`,
              `${named(internal.title)}: ${words(unit.internal, internal.kind).all}`,
              t(`quadrant-${unit.quadrant}`),
            ],
          },
        ]
      }),
    // t, words and named change with the language alone.
    [alignment, language],
  )
  const option = useMemo(() => {
    const times = { x: factor(external.kind), y: factor(internal.kind) }
    const cut = (found: number | null, by: number) => (found === null ? null : found * by)
    const ends = (scale: Schemas['Scale'] | null, by: number) =>
      scale && { min: scale.min * by, max: scale.max * by }
    return (theme: ChartTheme) =>
      alignmentOption(
        {
          points,
          selected,
          cutX: cut(alignment.cuts.external.value, times.x),
          cutY: cut(alignment.cuts.internal.value, times.y),
          nameX: named(external.title),
          nameY: named(internal.title),
          scaleX: ends(external.scale, times.x),
          scaleY: ends(internal.scale, times.y),
          writeX: (value) => valueWords(language, external.kind, value / times.x),
          writeY: (value) => valueWords(language, internal.kind, value / times.y),
          quadrants: {
            both: t('quadrant-both'),
            customers_only: t('quadrant-customers_only'),
            employees_only: t('quadrant-employees_only'),
            neither: t('quadrant-neither'),
          },
        },
        theme,
      )
  }, [points, selected, alignment, language])
  const cutWords = (side: 'internal' | 'external') => {
    const { value, origin } = alignment.cuts[side]
    const measure = side === 'internal' ? internal : external
    return value === null
      ? ''
      : t(`cut-${origin}`, {
          indicator: named(measure.title),
          value: valueWords(language, measure.kind, value),
        })
  }
  const cells = (side: Side, kind: Schemas['IndicatorKind'] | null) => {
    const { value, range } = words(side, kind)
    return [value, range, side.status === 'estimate' ? count(language, side.n) : '']
  }
  const placed = PLACES.map((place) => ({ place, units: counts[place] }))
  return (
    <ChartFigure
      level={2}
      title={t('alignment-title')}
      finding={t('alignment-finding', {
        both: counts.both,
        customers: counts.customers_only,
        employees: counts.employees_only,
        neither: counts.neither,
        undecided: counts.undecided,
        hidden: counts.not_shown,
      })}
      method={[
        t('alignment-method', {
          level: percent(language, alignment.interval_level, 1),
          units: alignment.units_compared,
        }),
        cutWords('external'),
        cutWords('internal'),
      ].join(' ')}
      anchor="quadrants"
      snapshot={alignment.snapshot}
      height={480}
      narrowHeight={380}
      focusSeries={1}
      onPick={(at) => points[at] && onUnit(points[at].id)}
      option={option}
      spoken={points.map((point) => point.words.join('. '))}
      table={{
        head: [
          t('unit'),
          ...[external, internal].flatMap(({ title }) => [named(title), t('interval'), 'n']),
          t('placed'),
        ],
        columns: ['name', 'value', 'interval', 'n', 'value', 'interval', 'n', 'given'],
        rows: alignment.units.map((unit) => [
          named(unit.title),
          ...cells(unit.external, external.kind),
          ...cells(unit.internal, internal.kind),
          t(`quadrant-${unit.quadrant}`),
        ]),
      }}
    >
      <Legend placed={placed} hidden={counts.not_shown} />
    </ChartFigure>
  )
}
