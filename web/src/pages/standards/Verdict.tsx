// Kept or not, against the target: a shape, a word and the number that decides. Shape and word
// carry it; colour only helps.
import { Group, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'

type View = Schemas['VerdictView']
export type Outcome = View['outcome']

/** In a box of 20 × 20; `heat.ts` draws the same shapes. */
export const SHAPES: Record<Outcome, string> = {
  met: 'M8,15.5 L2.6,10.1 L4.9,7.8 L8,10.9 L15.2,3.7 L17.5,6 Z',
  not_met: 'M10,2 L18.5,17.5 L1.5,17.5 Z',
  undecided: 'M10,3 A7,7 0 1 0 10,17 A7,7 0 1 0 10,3 Z',
  none: 'M3,9 H17 V11 H3 Z',
}

export function VerdictShape({ outcome, size = 18 }: { outcome: Outcome; size?: number }) {
  const open = outcome === 'undecided'
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      aria-hidden="true"
      className="verdict-shape"
    >
      <path
        d={SHAPES[outcome]}
        fill={open ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth={open ? 2.4 : 0}
      />
    </svg>
  )
}

export function VerdictBadge({ outcome }: { outcome: Outcome }) {
  const { t } = useTexts()
  return (
    <span className="verdict" data-outcome={outcome}>
      <VerdictShape outcome={outcome} />
      {t(`outcome-${outcome}`)}
    </span>
  )
}

const REASONS = new Set(['no_looks', 'convenience', 'not_known', 'small_team', 'people_not_known'])

/** What an outcome rests on or leaves out, in sentences. */
export function useVerdictWords() {
  const { t, language } = useTexts()
  const words = useEstimateWords()
  return (verdict: View) => {
    const share = words(verdict.share, 'conformance')
    const target = verdict.target === null ? '–' : percent(language, verdict.target)
    const notes: string[] = []
    if (verdict.outcome === 'none')
      notes.push(
        t(
          `verdict-none-${verdict.reason && REASONS.has(verdict.reason) ? verdict.reason : 'other'}`,
        ),
      )
    else
      notes.push(
        t(`verdict-${verdict.outcome}`, { target, level: percent(language, verdict.level) }),
      )
    if (verdict.convenience > 0) notes.push(t('verdict-convenience', { n: verdict.convenience }))
    if (verdict.not_known > 0)
      notes.push(
        t(verdict.not_known_decides ? 'verdict-not-known-decides' : 'verdict-not-known', {
          n: verdict.not_known,
        }),
      )
    return { share, target, notes }
  }
}

/** The number of the register: large, with its interval and its n. */
export function Share({ verdict }: { verdict: View }) {
  const { share } = useVerdictWords()(verdict)
  if (verdict.share.status !== 'estimate')
    return (
      <Text size="sm" c="dimmed">
        {share.range}
      </Text>
    )
  return (
    <Group align="baseline" gap={8} className="number" data-result>
      <Text fz={26} fw={700} lh={1.1} component="span" data-column="value">
        {share.value}
      </Text>
      <Text size="sm" c="dimmed" component="span">
        <span data-column="interval">{share.range}</span> · <span data-column="n">{share.n}</span>
      </Text>
    </Group>
  )
}
