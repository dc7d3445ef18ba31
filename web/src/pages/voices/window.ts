// The days a page is about, and which questionnaires and standards concern a group.
import type { Schemas } from '../../api/types'

export interface Window {
  from: string
  to: string
}

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
