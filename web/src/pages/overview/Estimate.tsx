// One number in words: value, interval, n; or why there is none.
import { Group, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count, decimal, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'

type Kind = Schemas['IndicatorKind'] | null

export interface EstimateWords {
  value: string
  /** "24 to 28", or why there is no interval. */
  range: string
  n: string
  /** All of it, to be spoken. */
  all: string
}

/** Words for an estimate or for one side of an alignment. */
export function useEstimateWords() {
  const { t, language } = useTexts()
  return (found: Schemas['Estimated'] | Schemas['SideValue'], kind: Kind): EstimateWords => {
    const none = (range: string) => ({ value: '–', range, n: '', all: range })
    switch (found.status) {
      case 'hidden':
        return none(hiddenWords(t, found.reason))
      case 'undefined':
        return none(t(reasonKey(found.reason.reason)))
      case 'not_reliable': {
        const write = (alpha: number) => decimal(language, alpha).replace('+', '')
        const { alpha, alpha_min: least, interval, interval_reason: reason, n } = found
        return none(
          t('not-reliable', {
            alpha: write(alpha),
            range: interval
              ? t('range', { lower: write(interval.lower), upper: write(interval.upper) })
              : t(reasonKey(reason?.reason)),
            n: count(language, n),
            least: write(least),
          }),
        )
      }
      case 'covariate': {
        if (found.value === null) return none(t('reason-no_answers'))
        const value = valueWords(language, kind, found.value)
        return { value, range: t('reason-not_a_sample'), n: '', all: value }
      }
      case 'estimate': {
        const { interval, interval_reason: reason } = found
        const value = valueWords(language, kind, found.value)
        const n = t('n', { n: count(language, found.n) })
        const range = interval
          ? t('range', {
              lower: valueWords(language, kind, interval.lower),
              upper: valueWords(language, kind, interval.upper),
            })
          : t(reasonKey(reason?.reason))
        return { value, range, n, all: `${value} (${range}), ${n}` }
      }
    }
  }
}

/** Why something is not shown. Only words: nothing here tells how many they are. */
export function hiddenWords(
  t: (id: string, values?: Record<string, number>) => string,
  reason: { reason: string; minimum_n?: number; minimum?: number },
): string {
  if (reason.minimum !== undefined) return t('hidden-small_team', { minimum: reason.minimum })
  if (reason.reason === 'not_released') return t('hidden-not_released')
  return reason.minimum_n === undefined
    ? t('hidden-subtractable')
    : t('hidden', { minimum: reason.minimum_n })
}

const REASONS = new Set([
  'no_answers',
  'one_answer',
  'zero_variance',
  'less_than_chance',
  'no_variation',
  'too_few_units',
  'one_unit',
  'one_period',
  'too_few',
  'no_spread_given',
  'not_a_sample',
  'no_covariance',
  'one_cluster',
  'singular',
  'not_converged',
  'wrong_statistics',
])

/** The catalogue's key of a reason; one general sentence for the rare ones. */
export function reasonKey(reason: string | undefined): string {
  return reason && REASONS.has(reason) ? `reason-${reason}` : 'reason-other'
}

const METHODS = new Set(['tango_score', 'wilson', 't', 'linearised', 'clustered_t', 'composite'])

export function methodKey(method: string): string {
  // Means, shares and scores between people share one sentence.
  if (method.startsWith('clustered_')) return 'method-clustered_t'
  return METHODS.has(method) ? `method-${method}` : 'method-other'
}

/** Where raters disagree: their alpha in a sentence, and nothing that looks like a score. */
export function NotAScore({ estimate }: { estimate: Schemas['Estimated'] }) {
  const { t } = useTexts()
  const words = useEstimateWords()(estimate, null)
  return (
    <>
      <Text size="sm">{words.range}</Text>
      <Text size="xs" c="dimmed" mt={6}>
        {t('snapshot', { snapshot: estimate.snapshot })}{' '}
        <MethodLink anchor="raters" about={t('voices-trust')} />
      </Text>
    </>
  )
}

export function EstimateBlock({ estimate, kind }: { estimate: Schemas['Estimated']; kind: Kind }) {
  const words = useEstimateWords()(estimate, kind)
  if (estimate.status !== 'estimate') {
    return (
      <Text size="sm" c="dimmed">
        {words.range}
      </Text>
    )
  }
  return (
    <Group align="baseline" gap={10} wrap="wrap" className="number" data-result>
      <Text fz={30} fw={700} lh={1.15} component="span" data-column="value">
        {words.value}
      </Text>
      <Text size="sm" c="dimmed" component="span">
        <span data-column="interval">{words.range}</span> · <span data-column="n">{words.n}</span>
      </Text>
    </Group>
  )
}
