// One number in words: value, interval, n; or why there is none.
import { Group, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'

type Estimated = Schemas['Estimated']

export function useEstimateWords() {
  const { t, language } = useTexts()
  return (estimate: Estimated, kind: Schemas['IndicatorKind']): { value: string; range: string } => {
    if (estimate.status === 'hidden') return { value: '–', range: t('hidden', { minimum: estimate.reason.minimum_n }) }
    if (estimate.status === 'undefined') return { value: '–', range: t(reasonKey(estimate.reason.reason)) }
    const { interval, interval_reason: reason } = estimate
    const n = t('n', { n: count(language, estimate.n) })
    return {
      value: valueWords(language, kind, estimate.value),
      range: interval
        ? `${valueWords(language, kind, interval.lower)} – ${valueWords(language, kind, interval.upper)} · ${n}`
        : `${n} · ${t(reasonKey(reason?.reason))}`,
    }
  }
}

const REASONS = ['no_answers', 'no_spread_given', 'single_answer', 'zero_variance', 'one_cluster', 'parts_not_joint']

/** The catalogue's key of a reason; one general sentence for the rare ones. */
export function reasonKey(reason: string | undefined): string {
  return reason && REASONS.includes(reason) ? `reason-${reason}` : 'reason-other'
}

export function EstimateBlock({ estimate, kind }: { estimate: Estimated; kind: Schemas['IndicatorKind'] }) {
  const words = useEstimateWords()(estimate, kind)
  return (
    <Group align="baseline" gap="xs">
      <Text fz={28} fw={700} lh={1.15}>{words.value}</Text>
      <Text size="sm" c="dimmed">{words.range}</Text>
    </Group>
  )
}
