// How large a difference is, in words. The steps are Cohen's rules of thumb, the same for
// Hedges' g and Cohen's h.
export type Size = 'none' | 'small' | 'medium' | 'large'

export function size(effect: number): Size {
  const found = Math.abs(effect)
  if (found < 0.2) return 'none'
  if (found < 0.5) return 'small'
  return found < 0.8 ? 'medium' : 'large'
}

/** Whether an interval leaves zero. */
export function leavesZero(interval: { lower: number; upper: number } | null): boolean {
  return interval !== null && (interval.lower > 0 || interval.upper < 0)
}
