// Numbers and dates as a reader of a language writes them. Shares and NPS are 0..1 and
// −1..1 in the API and × 100 here; a mean stays on its scale.
import type { Schemas } from '../api/types'

type Kind = Schemas['IndicatorKind'] | null | undefined

const cache = new Map<string, Intl.NumberFormat>()

function write(language: string, found: number, options: Intl.NumberFormatOptions): string {
  const key = `${language}/${JSON.stringify(options)}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, options)
    cache.set(key, format)
  }
  // A real minus sign; −0 is 0.
  return format.format(found).replace('-', '−')
}

const places = (digits: number, signed: boolean): Intl.NumberFormatOptions => ({
  minimumFractionDigits: digits,
  maximumFractionDigits: digits,
  signDisplay: signed ? 'exceptZero' : 'negative',
})

/** What a value of this kind is multiplied by for people. */
export function factor(kind: Kind): number {
  return kind == null || kind === 'mean' || kind === 'composite' ? 1 : 100
}

const isShare = (kind: Kind) => factor(kind) === 100 && kind !== 'nps'

/** "+34", "82%", "7.2" */
export function value(language: string, kind: Kind, found: number): string {
  if (isShare(kind)) return percent(language, found)
  return write(language, found * factor(kind), places(kind === 'nps' ? 0 : 1, kind === 'nps'))
}

/** A difference, always with its sign; shares in points. */
export function change(language: string, kind: Kind, found: number): string {
  return write(language, found * factor(kind), places(factor(kind) === 100 ? 0 : 1, true))
}

export function count(language: string, found: number): string {
  return write(language, found, { maximumFractionDigits: 0 })
}

/** "+0.29" */
export function decimal(language: string, found: number, digits = 2): string {
  return write(language, found, places(digits, true))
}

export function percent(language: string, share: number, digits = 0): string {
  return write(language, share, { style: 'percent', ...places(digits, false) })
}

const EVER: Record<string, string> = {
  en: 'all time',
  nl: 'alle tijd',
  fr: 'toute la période',
  de: 'gesamte Zeit',
}

/** "Q3 2026", "Mar 2026", "2026"; a whole record is its first and last year. */
export function period(language: string, found: Schemas['PeriodRef']): string {
  const day = (text: string) => new Date(`${text}T12:00:00Z`)
  const start = day(found.start)
  const dated = (date: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(date)
  switch (found.granularity) {
    case 'year':
      return dated(start, { year: 'numeric' })
    case 'quarter': {
      const letter = { nl: 'K', fr: 'T' }[language] ?? 'Q'
      return `${letter}${Math.floor(start.getUTCMonth() / 3) + 1} ${start.getUTCFullYear()}`
    }
    case 'month':
      return dated(start, { month: 'short', year: 'numeric' })
    case 'all':
      // Without ends: everything there is.
      if (start.getUTCFullYear() <= 1) return EVER[language] ?? EVER.en
      return `${start.getUTCFullYear()}–${day(found.end).getUTCFullYear()}`
    default:
      return dated(start, { day: 'numeric', month: 'short', year: 'numeric' })
  }
}

/** "22 Nov 2026, 09:00" */
export function moment(language: string, found: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(found),
  )
}

/** "1 March 2026" */
export function day(language: string, found: string): string {
  return new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'long' }).format(
    new Date(`${found.slice(0, 10)}T12:00:00Z`),
  )
}

/** "65", "3.5": as precise as it was given. */
export function decimalPlain(language: string, found: number): string {
  return write(language, found, { maximumFractionDigits: 4 })
}
