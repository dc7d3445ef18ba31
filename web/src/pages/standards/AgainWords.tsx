// What judging again changes, in plain sentences with numbers.
import { List, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'

type Counts = Schemas['ReassessCounts']
type T = ReturnType<typeof useTexts>['t']

const CHANGES = [
  'kept_to_not_kept',
  'not_kept_to_kept',
  'unknown_to_kept',
  'unknown_to_not_kept',
  'kept_to_unknown',
  'not_kept_to_unknown',
  'otherwise',
] as const

const REASONS = new Set([
  'person',
  'who_not_known',
  'calibration',
  'no_version',
  'text_not_stored',
  'not_stored',
  'too_few_raters',
  'does_not_fit',
])

/** One line for the list of what was done. */
export function countedWords(t: T, language: string, counts: Counts): string {
  const write = (n: number) => count(language, n)
  return t('again-counted', {
    looks: write(counts.looks),
    changed: write(counts.changed),
    before: write(counts.before.kept),
    beforeN: write(counts.before.n),
    after: write(counts.after.kept),
    afterN: write(counts.after.n),
  })
}

export function AgainWords({
  counts,
  before,
  after,
}: {
  counts: Counts
  before: Schemas['Estimated']
  after: Schemas['Estimated']
}) {
  const { t, language } = useTexts()
  const words = useEstimateWords()
  const write = (n: number) => count(language, n)
  if (counts.looks === 0) return <Text size="sm">{t('again-no-looks')}</Text>
  const left = counts.looks - counts.changed - counts.unchanged
  const lines: string[] = []
  for (const name of CHANGES)
    if (counts.changes[name] > 0)
      lines.push(t(`again-change-${name}`, { n: write(counts.changes[name]) }))
  for (const of of counts.versions)
    if (of.then !== of.now)
      lines.push(t('again-version', { now: of.now, then: of.then, n: write(of.looks) }))
  for (const of of counts.not_judged)
    lines.push(
      t(`again-left-${REASONS.has(of.reason) ? of.reason : 'other'}`, { n: write(of.looks) }),
    )
  if (counts.not_recounted > 0)
    lines.push(t('again-not-recounted', { n: write(counts.not_recounted) }))
  if (counts.convenience > 0) lines.push(t('again-convenience', { n: write(counts.convenience) }))
  return (
    <>
      <Text size="sm">
        {t('again-looks', {
          looks: write(counts.looks),
          changed: write(counts.changed),
          same: write(counts.unchanged),
          left: write(left),
        })}
      </Text>
      <List size="sm" spacing={4} my={4}>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
      <Text size="sm">
        {t('again-before', { share: words(before, 'conformance').all })}
        <br />
        {t('again-after', { share: words(after, 'conformance').all })}
      </Text>
      <Text size="xs" c="dimmed">
        {t('snapshot', { snapshot: counts.snapshot })}
      </Text>
    </>
  )
}
