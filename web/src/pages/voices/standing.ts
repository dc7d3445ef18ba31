// Where an answer stands between the ends of its scale, so that questions on different
// scales can share one picture.
import type { Schemas } from '../../api/types'

type Triple = [value: number, lower: number, upper: number]

/** Value and ends of its interval; what has none stands for itself. */
export function position(found: Schemas['Estimated']): Triple | null {
  if (found.status !== 'estimate') return null
  const { value, interval } = found
  return [value, interval?.lower ?? value, interval?.upper ?? value]
}

/** 0 is the low end of the scale, 1 the high end; `null` where a scale has no ends. */
export function standing(
  found: Schemas['Estimated'],
  scale: Pick<Schemas['ItemScale'], 'kind' | 'min' | 'max'>,
): Triple | null {
  const told = position(found)
  const [min, max] = scale.kind === 'boolean' ? [0, 1] : [scale.min, scale.max]
  if (!told || min === null || max === null || max <= min) return null
  return told.map((value) => (value - min) / (max - min)) as Triple
}
