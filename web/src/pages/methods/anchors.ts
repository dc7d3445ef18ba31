// Places in docs/METHODS.md that figures point at: the first cell of a row, as `slug` writes
// it. A test sees that each is there.
import type { Schemas } from '../../api/types'

export const ANCHORS = {
  alignment: 'alignment-within-units',
  quadrants: 'quadrants',
  distribution: 'distribution',
  drivers: 'drivers',
  differences: 'comparison-with-another-time-segments',
  reliability: 'alpha-omega',
  units: 'icc-1-icc-2',
  raters: 'raters',
  nps: 'nps',
  share: 'top-box-share-conformance-within-target',
  mean: 'mean',
  composite: 'composite',
  control: 'control-charts',
  consistency: 'consistency',
  onTop: 'customers-beside-what-came-on-top',
} as const

export type Method = keyof typeof ANCHORS

/** Where the interval of an indicator of this kind is explained. */
export function methodOf(kind: Schemas['IndicatorKind']): Method {
  return kind === 'nps' || kind === 'mean' || kind === 'composite' ? kind : 'share'
}
