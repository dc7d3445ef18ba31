// A look that is being made, and what goes to the server of it.
import type { Schemas } from '../../api/types'
import type { Requirement } from '../standards/content'
import { numberSeen, secondsSeen } from './judge'

export interface Draft {
  startedAt: number | null
  stoppedAt: number | null
  /** Typed instead of timed. */
  minutes: string
  number: string
  ticked: string[]
  notApplicable: string[]
  score: number | null
  steps: string[]
  kept: boolean | null
  extras: string[]
  ownExtra: string
  reason: string | null
  subject: string
  photo: Blob | null
}

export const REASONS = ['could_not', 'did_not_know', 'unclear', 'chose_otherwise'] as const

export const EMPTY: Draft = {
  startedAt: null,
  stoppedAt: null,
  minutes: '',
  number: '',
  ticked: [],
  notApplicable: [],
  score: null,
  steps: [],
  kept: null,
  extras: [],
  ownExtra: '',
  reason: null,
  subject: '',
  photo: null,
}

/** A list that nobody has touched yet is not a list with everything missing. */
export function isTouched(draft: Draft): boolean {
  const { ticked, notApplicable, ...rest } = draft
  return ticked.length > 0 || notApplicable.length > 0 || rest.steps.length > 0 || hasOne(rest)
}

const hasOne = ({
  stoppedAt,
  minutes,
  number,
  score,
  kept,
}: Omit<Draft, 'ticked' | 'notApplicable'>) =>
  stoppedAt !== null || minutes !== '' || number !== '' || score !== null || kept !== null

interface Around {
  standard: string
  unit: string
  lookedBy: string
  /** A moment that the product drew, if the look is made in it. */
  look: Schemas['LookView'] | null
  now: number
  deviated: boolean
}

/** The observation, as docs/OBSERVATIONS.md has it. */
export function observationOf(
  requirement: Requirement,
  draft: Draft,
  around: Around,
): Record<string, unknown> {
  const moment = (at: number) => new Date(at).toISOString()
  const extras = [...draft.extras, draft.ownExtra.trim()].filter(Boolean)
  return {
    standard: around.standard,
    unit: around.unit,
    chosen: around.look ? 'random' : 'convenience',
    at: moment(draft.startedAt ?? around.now),
    looked_by: around.lookedBy,
    channel: 'phone',
    ...seen(requirement, draft, moment),
    ...(extras.length > 0 ? { extras } : {}),
    ...(around.deviated && draft.reason ? { reason: draft.reason } : {}),
    ...(draft.subject.trim() ? { subject: draft.subject.trim() } : {}),
    ...(around.look ? { detail: { look: around.look.id } } : {}),
  }
}

function seen(
  requirement: Requirement,
  draft: Draft,
  moment: (at: number) => string,
): Record<string, unknown> {
  switch (requirement.kind) {
    case 'duration':
      return draft.startedAt !== null && draft.stoppedAt !== null
        ? { from: moment(draft.startedAt), to: moment(draft.stoppedAt) }
        : { value: secondsSeen(draft) }
    case 'range':
      return { value: numberSeen(draft.number) }
    case 'checklist':
      return {
        items: Object.fromEntries(
          requirement.items.map(({ id }) => [
            id,
            draft.notApplicable.includes(id) ? null : draft.ticked.includes(id),
          ]),
        ),
      }
    case 'rubric':
      return { value: draft.score }
    case 'sequence':
      return { steps: draft.steps }
    case 'wording':
      return { kept: draft.kept }
  }
}
