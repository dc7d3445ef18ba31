// What can be said today and what cannot, in words, before any picture.
import { Stack, Text } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { decimal } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { reasonKey } from './Estimate'
import { inOrder } from './inOrder'

type View = Schemas['AlignmentView']

export function Saying({ overview }: { overview: Schemas['OverviewView'] }) {
  const { t, named, language } = useTexts()
  const { alignment, opened } = overview
  const findings = useFindings(alignment)
  const level = overview.levels.find((one) => one.id === overview.level)
  const silent = inOrder(overview.parties)
    .filter((one) => !one.heard)
    .map((one) => named(one.party.title))
  return (
    <Stack gap={6} maw={820}>
      <Text fz={{ base: 'md', sm: 'lg' }} lh={1.5}>
        {findings.join(' ')}
      </Text>
      {silent.length > 0 && (
        <Text>
          {t('silent', {
            parties: new Intl.ListFormat(language).format(silent),
          })}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t(`opened-${opened.reason}`, {
          level: named(level?.title),
          shown: opened.units_shown,
          total: opened.units_total,
          minimum: opened.minimum_n,
        })}{' '}
        {t(`period-${opened.period_reason}`)}
      </Text>
    </Stack>
  )
}

// In this order of the API: the headline first. Three sentences are enough for a start.
const KNOWN = new Set([
  'within_together',
  'within_opposed',
  'within_unclear',
  'within_undefined',
  'between_together',
  'between_opposed',
  'between_unclear',
  'within_and_between_differ',
  'fragile',
  'few_units',
  'no_intervals',
  'all_undecided',
])

function useFindings(alignment: View | null): string[] {
  const { t, language } = useTexts()
  if (!alignment) return [t('finding-none')]
  const told = alignment.findings.filter(({ code }) => KNOWN.has(code)).slice(0, 3)
  const sentences = told.map((finding) => {
    const figure = finding.code.startsWith('between') ? alignment.between : alignment.within
    const reason = finding.reason as { reason?: string } | string | undefined
    return t(`finding-${finding.code}`, {
      ...(figure.status === 'estimate'
        ? {
            r: decimal(language, figure.r),
            lower: figure.lower === null ? '–' : decimal(language, figure.lower),
            upper: figure.upper === null ? '–' : decimal(language, figure.upper),
            units: figure.units,
          }
        : { r: '–', lower: '–', upper: '–', units: 0 }),
      ...(typeof finding.units === 'number' ? { units: finding.units } : {}),
      ...(typeof finding.needed === 'number' ? { needed: finding.needed } : {}),
      reason: t(reasonKey(typeof reason === 'string' ? reason : reason?.reason)),
    })
  })
  const linked = told.some(({ code }) => /together|opposed/.test(code))
  return linked ? [...sentences, t('association')] : sentences
}
