// Steps in the order in which they were seen: tap each, undo the last. What is built grows beside.
import { Button, Group, Text, TextInput } from '@mantine/core'
import { useState } from 'react'

import { useTexts } from '../../text/LanguageProvider'
import type { Sequence } from '../standards/content'
import { lookOf } from '../standards/SequenceStack'
import type { Draft } from './draft'

export function StepsField({
  requirement,
  draft,
  onChange,
}: {
  requirement: Sequence
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}) {
  const { t } = useTexts()
  const [other, setOther] = useState('')
  const known = [...new Set(requirement.steps)]
  const tap = (step: string) => onChange({ steps: [...draft.steps, step] })
  const layers = draft.steps.map((step, at) => ({ step, at: at + 1 })).reverse()
  return (
    <>
      <div className="tap-chips" role="group" aria-label={t('steps-tap')}>
        {known.map((step) => (
          <button key={step} type="button" className="tap-chip" onClick={() => tap(step)}>
            <i
              className="step-look"
              data-look={lookOf(step, requirement.steps)}
              aria-hidden="true"
            />
            {step}
          </button>
        ))}
      </div>
      <form
        className="step-other"
        onSubmit={(event) => {
          event.preventDefault()
          if (!other.trim()) return
          tap(other.trim())
          setOther('')
        }}
      >
        <TextInput
          size="md"
          label={t('steps-other')}
          value={other}
          maxLength={80}
          onChange={(event) => setOther(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="md">
          {t('steps-add')}
        </Button>
      </form>
      <Text size="sm" role="status" mt="sm">
        {t('steps-count', { seen: draft.steps.length, required: requirement.steps.length })}
      </Text>
      {layers.length > 0 && (
        <>
          <ol className="stack" reversed>
            {layers.map(({ step, at }) => (
              <li key={at}>
                <i
                  data-look={known.includes(step) ? lookOf(step, requirement.steps) : 'other'}
                  aria-hidden="true"
                />
                <span className="stack-at">{at}</span> {step}
              </li>
            ))}
          </ol>
          <Group gap="xs">
            <Button
              variant="default"
              size="md"
              onClick={() => onChange({ steps: draft.steps.slice(0, -1) })}
            >
              {t('steps-undo')}
            </Button>
            <Button variant="subtle" size="md" onClick={() => onChange({ steps: [] })}>
              {t('steps-clear')}
            </Button>
          </Group>
        </>
      )}
    </>
  )
}
