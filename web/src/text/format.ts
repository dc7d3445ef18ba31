// Numbers and dates as a reader of a language writes them. Shares and NPS are 0..1 and
// −1..1 in the API and × 100 here; a mean stays on its scale.
import type { Schemas } from '../api/types'

type Kind = Schemas['IndicatorKind'] | null | undefined

const cache = new Map<string, Intl.NumberFormat>()
function number(language: string, digits: number, signed = false): Intl.NumberFormat {
  const key = `${language}/${digits}/${signed}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: signed ? 'exceptZero' : 'auto',
    })
    cache.set(key, format)
  }
  return format
}

/** What a value of this kind is multiplied by for people. */
export function factor(kind: Kind): number {
  return kind == null || kind === 'mean' || kind === 'composite' ? 1 : 100
}

function isShare(kind: Kind): boolean {
  return factor(kind) === 100 && kind !== 'nps'
}

function digits(kind: Kind): number {
  return factor(kind) === 100 ? 0 : 1
}

/** "+34", "82 %", "7.2" */
export function value(language: string, kind: Kind, found: number): string {
  const text = number(language, digits(kind), kind === 'nps').format(found * factor(kind))
  return isShare(kind) ? `${text} %` : text
}

/** A difference, always with its sign; shares in points. */
export function change(language: string, kind: Kind, found: number): string {
  return number(language, digits(kind), true).format(found * factor(kind))
}

export function count(language: string, found: number): string {
  return number(language, 0).format(found)
}

export function decimal(language: string, found: number, places = 2): string {
  return number(language, places, true).format(found)
}

export function percent(language: string, share: number, places = 0): string {
  return `${number(language, places).format(share * 100)} %`
}

/** "Q3 2026", "March 2026", "2026" */
export function period(language: string, found: Schemas['PeriodRef']): string {
  const start = new Date(`${found.start}T12:00:00Z`)
  const write = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options }).format(start)
  switch (found.granularity) {
    case 'year':
      return write({ year: 'numeric' })
    case 'quarter':
      return `${language === 'nl' ? 'K' : 'Q'}${Math.floor(start.getUTCMonth() / 3) + 1} ${start.getUTCFullYear()}`
    case 'month':
      return write({ month: 'short', year: 'numeric' })
    case 'all':
      return ''
    default:
      return write({ day: 'numeric', month: 'short', year: 'numeric' })
  }
}
