// Internal and external side by side, a point a unit.
import { Alert, Group, Text } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import { alignmentOption, type AlignmentPoint } from '../../charts/alignment'
import ChartFigure from '../../charts/ChartFigure'
import { decimal, factor, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'

type View = Schemas['AlignmentView']
type Side = Schemas['SideValue']

/** Value and interval × factor; a covariate or a value without interval stands alone. */
function triple(side: Side, times: number): [number, number, number] | null {
  if (side.status === 'estimate') {
    const { value, interval } = side
    return [value * times, (interval?.lower ?? value) * times, (interval?.upper ?? value) * times]
  }
  if (side.status === 'covariate' && side.value != null) {
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
  const { internal, external, counts } = alignment
  const sideWords = (side: Side, kind: typeof internal.kind) => {
    if (side.status === 'estimate') {
      const range = side.interval
        ? ` (${valueWords(language, kind, side.interval.lower)} – ${valueWords(language, kind, side.interval.upper)})`
        : ''
      return `${valueWords(language, kind, side.value)}${range}, n = ${side.n}`
    }
    if (side.status === 'covariate') return side.value == null ? '–' : valueWords(language, kind, side.value)
    if (side.status === 'hidden') return t('hidden', { minimum: side.reason.minimum_n })
    return t('undefined-short')
  }
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
              `${named(external.title)}: ${sideWords(unit.external, external.kind)}`,
              `${named(internal.title)}: ${sideWords(unit.internal, internal.kind)}`,
              t(`quadrant-${unit.quadrant}`),
            ],
          },
        ]
      }),
    // eslint-like exhaustive list is not needed: t, named and language change together.
    [alignment, language],
  )
  const option = useMemo(
    () => (theme: Parameters<typeof alignmentOption>[1]) =>
      alignmentOption(
        {
          points,
          selected,
          cutX: alignment.cuts.external.value == null ? null : alignment.cuts.external.value * factor(external.kind),
          cutY: alignment.cuts.internal.value == null ? null : alignment.cuts.internal.value * factor(internal.kind),
          nameX: named(external.title),
          nameY: named(internal.title),
          quadrants: {
            both: t('quadrant-both'),
            customers_only: t('quadrant-customers_only'),
            employees_only: t('quadrant-employees_only'),
            neither: t('quadrant-neither'),
          },
        },
        theme,
      ),
    [points, selected, alignment, language],
  )
  const headline = alignment.headline === 'within' ? alignment.within : alignment.between
  const correlationWords =
    headline.status === 'estimate'
      ? t(`correlation-${alignment.headline}`, {
          r: decimal(language, headline.r),
          lower: headline.lower == null ? '?' : decimal(language, headline.lower),
          upper: headline.upper == null ? '?' : decimal(language, headline.upper),
          units: headline.units,
        })
      : t('correlation-undefined')
  const finding = t('alignment-finding', {
    both: counts.both,
    customers: counts.customers_only,
    employees: counts.employees_only,
    neither: counts.neither,
    undecided: counts.undecided,
    hidden: counts.not_shown,
  })
  const warnings = alignment.nonresponse.filter((one) => one.warn)
  return (
    <div>
      <ChartFigure
        title={t('alignment-title')}
        finding={finding}
        method={`${t('alignment-method', {
          level: (alignment.interval_level * 100).toFixed(2),
          units: alignment.units_compared,
          cuts: t(`cut-${alignment.cuts.internal.origin}`),
        })} ${correlationWords} ${t('association')}`}
        height={460}
        focusSeries={1}
        onPick={(row) => points[row] && onUnit(points[row].id)}
        option={option}
        table={{
          head: [t('unit'), named(external.title), named(internal.title), t('placed')],
          rows: alignment.units.map((unit) => [
            named(unit.title),
            sideWords(unit.external, external.kind),
            sideWords(unit.internal, internal.kind),
            t(`quadrant-${unit.quadrant}`),
          ]),
        }}
      />
      {warnings.map((one) => (
        <Alert key={one.side} mt="sm" color="orange" variant="light" title={t('nonresponse-title')}>
          <Text size="sm">
            {t('nonresponse', {
              indicator: named(one.side === 'internal' ? internal.title : external.title),
              r: decimal(language, one.r),
              units: one.units,
            })}
          </Text>
        </Alert>
      ))}
      <Group />
    </div>
  )
}
