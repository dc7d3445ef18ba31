// Does it look kept? Only to ask for a reason at the right moment: the server judges, by the version
// in force. What cannot be told here is null.
import type { Requirement } from '../standards/content'
import type { Draft } from './draft'

export function looksKept(requirement: Requirement, draft: Draft): boolean | null {
  switch (requirement.kind) {
    case 'duration': {
      const seconds = secondsSeen(draft)
      if (seconds === null) return null
      return requirement.inclusive === false
        ? seconds < requirement.within
        : seconds <= requirement.within
    }
    case 'range': {
      const found = numberSeen(draft.number)
      if (found === null) return null
      const { lower, upper } = requirement
      const low =
        lower !== undefined &&
        (requirement.lower_inclusive === false ? found <= lower : found < lower)
      const high =
        upper !== undefined &&
        (requirement.upper_inclusive === false ? found >= upper : found > upper)
      return !low && !high
    }
    case 'checklist': {
      const counting = requirement.items.filter(
        (item) => item.counts_as !== 'bonus' && !draft.notApplicable.includes(item.id),
      )
      if (counting.length === 0) return null
      const missed = counting.filter((item) => !draft.ticked.includes(item.id))
      if (missed.some((item) => item.counts_as === 'auto_fail')) return false
      const weight = (items: typeof counting) =>
        items.reduce((sum, item) => sum + (item.weight ?? 1), 0)
      return 1 - weight(missed) / weight(counting) >= requirement.pass_at - 1e-9
    }
    case 'rubric':
      return draft.score === null ? null : draft.score >= requirement.pass_from
    case 'sequence':
      return draft.steps.length === 0
        ? null
        : draft.steps.length === requirement.steps.length &&
            draft.steps.every((step, at) => step === requirement.steps[at])
    case 'wording':
      return draft.kept
  }
}

/** Right so far, and not at its end: whoever saves now says that this is all. */
export function isUnderWay(requirement: Requirement, draft: Draft): boolean {
  return (
    requirement.kind === 'sequence' &&
    draft.steps.length < requirement.steps.length &&
    draft.steps.every((step, at) => step === requirement.steps[at])
  )
}

/** Is there enough to save? */
export function isComplete(requirement: Requirement, draft: Draft): boolean {
  switch (requirement.kind) {
    case 'duration':
      return secondsSeen(draft) !== null
    case 'range':
      return numberSeen(draft.number) !== null
    case 'checklist':
      return true
    case 'rubric':
      return draft.score !== null
    case 'sequence':
      return draft.steps.length > 0
    case 'wording':
      return draft.kept !== null
  }
}

export function secondsSeen(draft: Draft): number | null {
  if (draft.startedAt !== null && draft.stoppedAt !== null)
    return Math.max(0, (draft.stoppedAt - draft.startedAt) / 1000)
  const minutes = numberSeen(draft.minutes)
  return minutes === null || minutes < 0 ? null : minutes * 60
}

/** "68,5" and "68.5" are the same number. */
export function numberSeen(text: string): number | null {
  const found = Number(text.trim().replace(',', '.'))
  return text.trim() === '' || !Number.isFinite(found) ? null : found
}
