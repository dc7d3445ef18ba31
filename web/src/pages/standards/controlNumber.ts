// What the points of a control chart are: shares kept, or, where deviations are rare, what lies
// between two of them: looks (g) or days (t). A wait is no share and has no interval.
import type { Schemas } from '../../api/types'
import { count, decimalPlain, percent } from '../../text/format'

export type Gap = 'g' | 't'

export function gapOf(view: Pick<Schemas['ControlChartView'], 'chart'>): Gap | null {
  return view.chart === 'g' || view.chart === 't' ? view.chart : null
}

/** Writes a number of this chart. */
export function controlNumber(
  language: string,
  view: Pick<Schemas['ControlChartView'], 'chart'>,
): (found: number, digits?: number) => string {
  switch (gapOf(view)) {
    case 'g':
      return (found) => count(language, found)
    case 't':
      return (found) => decimalPlain(language, Math.round(found * 10) / 10)
    case null:
      return (found, digits = 0) => percent(language, found, digits)
  }
}
