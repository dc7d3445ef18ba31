// One case: where, what the signal was, what people did about it, and the way to the point of the
// chart that it is about.
import { Anchor, List, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import type { Schemas } from '../../api/types'
import { moment } from '../../text/format'
import { personName } from '../../text/person'
import { useTexts } from '../../text/LanguageProvider'
import { StepBox } from './StepBox'
import { useSignalWords } from './useSignalWords'

export function CaseRow({ found }: { found: Schemas['CaseView'] }) {
  const { t, named, language } = useTexts()
  const words = useSignalWords()
  const name = t('case-name', {
    standard: named(found.standard_title) || found.standard,
    unit: words.where(found),
  })
  return (
    <article className="case" aria-labelledby={`case-${found.id}`} data-state={found.state}>
      <div className="case-told">
        <Title order={4} size="h5" id={`case-${found.id}`}>
          {words.where(found)}
        </Title>
        <Text size="sm">{words.sentence(found)}</Text>
        {found.steps.length > 0 && (
          <List size="sm" spacing={2} my={4}>
            {found.steps.map((step, at) => (
              <List.Item key={at}>
                {t(`case-did-${step.step}`, {
                  who: personName(step.author),
                  at: moment(language, step.at),
                })}
                {step.words && <q className="said">{step.words}</q>}
              </List.Item>
            ))}
          </List>
        )}
        <Text size="sm" c="dimmed">
          <Anchor
            inherit
            underline="always"
            aria-label={t('case-chart-of', { name })}
            renderRoot={(props) => (
              <Link
                {...props}
                to="/standards/$id"
                params={{ id: found.standard }}
                search={{
                  unit: found.unit?.id,
                  by: 'month',
                  at: found.points[0],
                  chart: found.chart,
                }}
                hash="delivery"
              />
            )}
          >
            {t('case-chart')}
          </Anchor>{' '}
          {t('case-found', { at: moment(language, found.opened_at) })}
        </Text>
      </div>
      {found.may_step && <StepBox key={found.state} found={found} name={name} />}
    </article>
  )
}
