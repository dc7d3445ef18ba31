// Scores that raters gave. Where they do not agree enough there is no score: the page says so,
// with how often they gave the same mark and Krippendorff's alpha.
import { Paper, Skeleton, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { MethodLink } from '../methods/MethodLink'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { useCoefficient } from './useCoefficient'
import { rubricBehind, type Window } from './window'

const useRaters = (standard: string | null, window: Window) =>
  api.useQuery(
    'get',
    '/api/v1/reliability',
    { params: { query: { of: `standard:${standard ?? ''}`, ...window } } },
    { enabled: standard !== null },
  )

/** What is said of the raters of one standard. */
export function RaterScore({ standard, window }: { standard: string; window: Window }) {
  const { t, named } = useTexts()
  const { data, error } = useRaters(standard, window)
  if (error) return <Problem problem={error} />
  if (!data?.raters) return data ? null : <Skeleton height={110} radius="md" />
  return (
    <Paper className="paper" withBorder p="md" component="section">
      <Title order={3} size="h4" mb={4}>
        {t('raters-title', { standard: named(data.of.title) })}
      </Title>
      <RaterWords raters={data.raters} snapshot={data.snapshot} />
    </Paper>
  )
}

/** A card of an indicator that rests on raters, unless they disagree too much for a score. */
export function RaterGate({
  indicator,
  objects,
  window,
  children,
}: {
  indicator: Schemas['IndicatorRef']
  objects: Schemas['ObjectView'][]
  window: Window
  children: ReactNode
}) {
  const { named } = useTexts()
  const standard = rubricBehind(objects, indicator.id)
  const { data, error } = useRaters(standard, window)
  if (standard === null) return children
  if (error) return <Problem problem={error} />
  // Never a score before it is known that it is one.
  if (!data) return <Skeleton height={200} radius="md" />
  if (data.raters?.verdict !== 'not_a_score') return children
  return (
    <Paper className="paper card" withBorder p="md">
      <Title order={3} size="sm" fw={600} mb={6}>
        {named(indicator.title)}
      </Title>
      <RaterWords raters={data.raters} snapshot={data.snapshot} />
    </Paper>
  )
}

const VERDICTS = new Set(['use', 'tentative', 'not_a_score'])

function RaterWords({ raters, snapshot }: { raters: Schemas['RaterAgreement']; snapshot: string }) {
  const { t, language } = useTexts()
  const coefficient = useCoefficient()
  const words = useEstimateWords()
  const agreement = words(raters.agreement, 'share')
  const figures = {
    alpha: coefficient(raters.alpha_ordinal).all,
    agreement:
      raters.agreement.status === 'estimate'
        ? `${agreement.value} (${agreement.range})`
        : agreement.range,
    subjects: count(language, raters.subjects),
    ratings: count(language, raters.ratings),
  }
  return (
    <>
      <Text size="sm">
        {VERDICTS.has(raters.verdict) ? (
          <>
            <strong>{t(`raters-${raters.verdict}`)}</strong> {t('raters-figures', figures)}
          </>
        ) : (
          <>
            <strong>{t('raters-undecided')}</strong>{' '}
            {t('raters-undecided-do', { raters: raters.raters_required })}
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed" mt={6}>
        {t('raters-method')} {snapshot && t('snapshot', { snapshot })}{' '}
        <MethodLink anchor="raters" about={t('voices-trust')} />
      </Text>
    </>
  )
}
