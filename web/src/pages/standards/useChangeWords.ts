// What changed in a standard, in words: "The time allowed: from 20 minutes to 15 minutes." A field
// that has no words of its own is said by its name, so that nothing that changes is left out.
import type { Schemas } from '../../api/types'
import { duration } from '../../text/duration'
import { day, decimalPlain, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import type { useNames } from './useNames'

type Change = Schemas['FieldChangeView']
type Names = ReturnType<typeof useNames>

/** Fields with a name of their own, by their way without the places in lists. */
const FIELDS: Record<string, string> = {
  'requirement.within': 'within',
  'requirement.inclusive': 'inclusive',
  'requirement.clock_from': 'clock_from',
  'requirement.clock_to': 'clock_to',
  'requirement.open': 'open',
  'requirement.hours': 'hours',
  'requirement.lower': 'lower',
  'requirement.upper': 'upper',
  'requirement.nominal': 'nominal',
  'requirement.unit_of_measure': 'unit_of_measure',
  'requirement.pass_at': 'pass_at',
  'requirement.items': 'item',
  'requirement.items.title': 'item_title',
  'requirement.items.weight': 'item_weight',
  'requirement.items.counts_as': 'item_counts_as',
  'requirement.pass_from': 'pass_from',
  'requirement.raters': 'raters',
  'requirement.anchors': 'anchor',
  'requirement.anchors.title': 'anchor_title',
  'requirement.steps': 'steps',
  'requirement.kind': 'kind',
  requirement: 'requirement',
  'latitude.extras': 'extras',
  latitude: 'extras',
  title: 'title',
  dimension: 'dimension',
  touchpoint: 'touchpoint',
  owner: 'owner',
  owed_by: 'owed_by',
  owed_to: 'owed_to',
  picture: 'picture',
  target: 'target',
  valid_from: 'valid_from',
}

export function useChangeWords(names: Names) {
  const { t, named, language } = useTexts()
  const list = (items: unknown[]) => (items.length ? items.map(String).join(' – ') : t('nothing'))

  const value = (path: string, found: unknown): string => {
    if (found === null || found === undefined) return t('nothing')
    if (path === 'requirement.within') return duration(language, Number(found))
    if (path === 'target' || path === 'requirement.pass_at') return percent(language, Number(found))
    if (path === 'valid_from') return day(language, String(found))
    if (path === 'dimension') return t(`dimension-${String(found)}`)
    if (path === 'requirement.kind') return t(`requirement-kind-${String(found)}`)
    if (path === 'requirement.items.counts_as') return t(`counts-${String(found)}`)
    if (path === 'owed_by' || path === 'owed_to') return names.name('party', String(found))
    if (path === 'owner') return names.name('team', String(found))
    if (path === 'touchpoint') return names.name('touchpoint', String(found))
    if (typeof found === 'number') return decimalPlain(language, found)
    if (typeof found === 'boolean') return t(found ? 'yes' : 'no')
    if (Array.isArray(found)) {
      if (found.every((one) => typeof one !== 'object')) return list(found)
      return list(
        found.map(
          (one: { title?: Record<string, string>; id?: string }) =>
            named(one.title) || one.id || JSON.stringify(one),
        ),
      )
    }
    if (typeof found === 'object') {
      const object = found as { title?: Record<string, string>; extras?: string[] }
      if (object.extras) return list(object.extras)
      if (object.title && typeof object.title === 'object') return named(object.title)
      if (Object.values(object).every((one) => typeof one === 'string'))
        return named(object as Record<string, string>)
      return JSON.stringify(found)
    }
    return String(found)
  }

  return (change: Change): string => {
    // `requirement.items[clean].weight`: the way, which one, and what of it.
    const which = /\[([^\]]*)\]/.exec(change.path)?.[1] ?? ''
    const order = change.path.endsWith(' (order)')
    const path = change.path.replace(/\[[^\]]*\]/g, '').replace(' (order)', '')
    // `title.nl`: a text in one language.
    const spoken = /^(.*title)\.([a-z]{2,3}(?:-\w+)?)$/.exec(path)
    const base = spoken ? spoken[1] : path
    const known = FIELDS[base]
    const field =
      (known ? t(`field-${known}`, { which }) : change.path) + (spoken ? ` (${spoken[2]})` : '')
    if (order) return t('change-order', { field })
    const before = value(base, change.before)
    const after = value(base, change.after)
    if (change.before === null || change.before === undefined)
      return t('change-new', { field, after })
    if (change.after === null || change.after === undefined)
      return t('change-gone', { field, before })
    return t('change-from-to', { field, before, after })
  }
}
