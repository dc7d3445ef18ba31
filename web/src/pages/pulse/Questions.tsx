// One standard, and the five questions about it: thumb-sized, one tap each.
import { Group, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import type { Requirement } from '../standards/content'
import { Picture } from '../standards/Picture'
import { useRequirementWords } from '../standards/useRequirementWords'
import { ASKS, type Said } from './said'

export function Questions({
  standard,
  answers,
  said,
  onSay,
}: {
  standard: Schemas['PulseStandard']
  /** The first is "yes". */
  answers: string[]
  said: Said
  onSay: (change: Said) => void
}) {
  const { t, named } = useTexts()
  const words = useRequirementWords()
  const id = useId()
  const requirement = standard.requirement as unknown as Requirement
  const steps = requirement.kind === 'sequence' ? requirement.steps : undefined
  const source = standard.has_picture ? `/api/v1/standards/${standard.id}/picture` : null
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-labelledby={id}>
      <Group align="flex-start" wrap="nowrap" gap="md">
        <Picture source={source} kind={requirement.kind} steps={steps} size={72} />
        <div>
          <Title order={2} size="h4" id={id}>
            {named(standard.title)}
          </Title>
          <Text size="sm">{words(requirement)}</Text>
          <Text size="sm">
            <Link to="/standards/$id" params={{ id: standard.id }}>
              {t('pulse-read')}
            </Link>
          </Text>
        </div>
      </Group>
      {ASKS.map((asks) => (
        <fieldset key={asks} className="asked">
          <legend>{t(`pulse-${asks}`)}</legend>
          <div className="asked-answers">
            {answers.map((answer) => (
              <label key={answer} className="asked-answer">
                <input
                  type="radio"
                  name={`${id}-${asks}`}
                  value={answer}
                  checked={said[asks] === answer}
                  onChange={() => onSay({ [asks]: answer })}
                />
                <span>{t(`pulse-${answer}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </Paper>
  )
}
