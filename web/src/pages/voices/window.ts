// The days a page is about, and which questionnaires and standards concern a group.
import type { Schemas } from '../../api/types'

/** Both, or neither for everything there is. */
export interface Window {
  from?: string
  to?: string
}

export const windowOf = ({ granularity, start, end }: Schemas['PeriodRef']): Window =>
  granularity === 'all' ? {} : { from: start, to: end }

type Found = Schemas['ObjectView']

const field = (found: Found, name: string): unknown =>
  (found.content as Record<string, unknown> | null)?.[name]

/** Questionnaires that this group is asked. */
export function instrumentsOf(objects: Found[], party: string): Found[] {
  return objects.filter((one) => {
    if (one.kind !== 'instrument') return false
    const own = field(one, 'evenkeel') as { party?: string } | undefined
    return own?.party === party
  })
}

/** Employees, unless they agreed to be shown like customers: their answers are released. */
export function isProtected(objects: Found[], party: Schemas['PartyRef']): boolean {
  const found = objects.find((one) => one.kind === 'party' && one.id === party.id)
  return party.side === 'internal' && !(found && field(found, 'published') === true)
}

/** `INSTRUMENT/ITEM` of every question that an indicator is about. */
export function questionsCounted(objects: Found[]): Set<string> {
  return new Set(
    objects
      .filter((one) => one.kind === 'indicator')
      .map((one) => `${String(field(one, 'instrument'))}/${String(field(one, 'item'))}`),
  )
}

/** Standards that people judge on a scale, owed to this group or by it. */
export function rubricsOf(objects: Found[], party: string): Found[] {
  return objects.filter(
    (one) =>
      one.kind === 'standard' &&
      isRubric(one) &&
      (field(one, 'owed_to') === party || field(one, 'owed_by') === party),
  )
}

/** The standard of raters that an indicator is computed from, if it is. */
export function rubricBehind(objects: Found[], indicator: string): string | null {
  const found = objects.find((one) => one.kind === 'indicator' && one.id === indicator)
  const standard = found && field(found, 'standard')
  return (
    objects.find((one) => one.kind === 'standard' && one.id === standard && isRubric(one))?.id ??
    null
  )
}

const isRubric = (found: Found) =>
  (field(found, 'requirement') as { kind?: string } | undefined)?.kind === 'rubric'
