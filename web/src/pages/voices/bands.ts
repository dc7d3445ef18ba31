// From answers with their counts to the bars of one row.
import { ramp, type Band } from '../../charts/diverging'

export interface Answered {
  value: string
  share: number
}

interface Cut {
  label: string
  from: number
  to: number
}

/** NPS: 0–6 would rather not, 7–8 in between, 9–10 would recommend. */
const NPS: Cut[] = [
  { label: '0–6', from: 0, to: 6 },
  { label: '7–8', from: 7, to: 8 },
  { label: '9–10', from: 9, to: 10 },
]

/** One bar an answer, from the low end of the scale to the high end. */
export function bandsOf(answers: Answered[]): Band[] {
  const colours = ramp(answers.length)
  return answers.map(({ value, share }, at) => ({ label: value, share, ...colours[at] }))
}

/** Answers from 0 to 10 in the three bands of NPS. */
export function npsBands(answers: Answered[]): Band[] {
  const colours = ramp(NPS.length)
  return NPS.map(({ label, from, to }, at) => ({
    label,
    ...colours[at],
    share: answers
      .filter(({ value }) => Number(value) >= from && Number(value) <= to)
      .reduce((sum, { share }) => sum + share, 0),
  }))
}

/** The answer given most; `null` without answers. */
export function commonest<T extends { count: number }>(categories: T[]): T | null {
  return categories.reduce<T | null>(
    (best, one) => (one.count > (best?.count ?? 0) ? one : best),
    null,
  )
}

/** From −1, all below the middle, to 1, all above it. */
export function lean(bands: Band[]): number {
  return bands.reduce((sum, { side, share }) => sum + side * share, 0)
}
