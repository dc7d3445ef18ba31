// What an owner does with a case: take it on, decline it with a reason, close it with what came of
// it. A signal that was declined opens no other case.
import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'

type Step = Schemas['StepWord']

/** What is possible in each state, the usual first. */
const POSSIBLE: Record<string, Step[]> = {
  draft: ['take', 'decline'],
  open: ['close', 'decline'],
  closed: ['take'],
}

export function StepBox({ found, name }: { found: Schemas['CaseView']; name: string }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [asked, setAsked] = useState<Step | null>(null)
  const [words, setWords] = useState('')
  const step = api.useMutation('post', '/api/v1/cases/{case}/steps', {
    onSuccess: async () => {
      setAsked(null)
      setWords('')
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/cases'] })
    },
  })
  const possible = POSSIBLE[found.state] ?? []
  const take = (what: Step) =>
    step.mutate({
      params: { path: { case: found.id } },
      body: { step: what, words: words.trim() },
    })
  const label = (what: Step) =>
    t(what === 'take' && found.state === 'closed' ? 'case-step-again' : `case-step-${what}`)
  return (
    <Stack gap="sm" className="no-print">
      {asked === null ? (
        <Group gap="xs">
          {possible.map((what, at) => (
            <Button
              key={what}
              size="sm"
              variant={at === 0 && found.state !== 'closed' ? 'outline' : 'default'}
              loading={step.isPending}
              aria-label={`${label(what)}: ${name}`}
              // To take it on needs no words; the other steps do.
              onClick={() => (what === 'take' ? take(what) : setAsked(what))}
            >
              {label(what)}
            </Button>
          ))}
        </Group>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            take(asked)
          }}
        >
          <Stack gap="xs">
            <Textarea
              data-autofocus
              autoFocus
              autosize
              minRows={2}
              required
              label={t(`case-words-${asked}`)}
              description={t(`case-words-${asked}-note`)}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <Group gap="xs">
              <Button type="submit" size="sm" disabled={!words.trim()} loading={step.isPending}>
                {label(asked)}
              </Button>
              <Button size="sm" variant="default" onClick={() => setAsked(null)}>
                {t('cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
      {step.error && <Problem problem={step.error} />}
    </Stack>
  )
}
