// A difference between two groups in words: how large, in standard units, and how surprising
// it would be if there were none.
import type { Schemas } from '../../api/types'
import { change, decimal } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { reasonKey, useEstimateWords } from '../overview/Estimate'
import { size } from './effects'

type Difference = Schemas['SegmentDifference']

/** The least that is written: smaller than this is "< 0.001". */
const LEAST = 0.001

export function useComparisonWords(view: Schemas['SegmentsView']) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { kind } = view.indicator
  const title = (id: string) => named(view.groups.find((group) => group.value === id)?.title)
  const chance = (name: 'p' | 'q', found: number) =>
    found < LEAST
      ? `${name} < ${decimal(language, LEAST, 3).replace('+', '')}`
      : `${name} = ${decimal(language, found, 3).replace('+', '')}`
  const range = (found: Schemas['Interval'] | null, write: (value: number) => string) =>
    found ? ` (${t('range', { lower: write(found.lower), upper: write(found.upper) })})` : ''
  return ({ first, second, difference, effect, test }: Difference) => {
    const pair = t('differs-pair', { first: title(first), second: title(second) })
    // Somebody who was not asked is no difference to speak of.
    if (difference.status === 'undefined') return null
    if (difference.status !== 'estimate') return { pair, rest: words(difference, kind).range }
    const by = (value: number) => change(language, kind, value)
    const parts = [by(difference.value) + range(difference.interval, by)]
    if (effect.status === 'estimate') {
      const standard = (value: number) => decimal(language, value)
      parts.push(
        t('differs-effect', {
          name: t(effect.method === 'cohen_h' ? 'effect-h' : 'effect-g'),
          value: standard(effect.value) + range(effect.interval, standard),
          size: t(`effect-${size(effect.value)}`),
        }),
      )
    }
    if (test?.q != null) parts.push(chance('q', test.q))
    else if (test?.p != null) parts.push(chance('p', test.p))
    else if (test?.p_reason) parts.push(t(reasonKey(test.p_reason.reason)))
    return { pair, rest: parts.join('; ') }
  }
}
