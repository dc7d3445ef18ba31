// Coefficients between −1 and 1 in words, and what the gate for reporting by unit says.
import type { Schemas } from '../../api/types'
import { count, decimal } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { hiddenWords, reasonKey } from '../overview/Estimate'

export interface Coefficient {
  value: string
  /** Its interval, or why there is none. */
  range: string
  n: string
  all: string
}

/** "0.71", without a plus sign. */
export function useUnsigned() {
  const { language } = useTexts()
  return (value: number) => decimal(language, value).replace('+', '')
}

export function useCoefficient() {
  const { t, language } = useTexts()
  const write = useUnsigned()
  return (found: Schemas['Estimated']): Coefficient => {
    if (found.status === 'hidden') {
      const why = hiddenWords(t, found.reason)
      return { value: '–', range: why, n: '', all: why }
    }
    if (found.status === 'undefined') {
      const why = t(reasonKey(found.reason.reason))
      return { value: '–', range: why, n: '', all: why }
    }
    // Of scores only; a coefficient is none.
    if (found.status === 'not_reliable') {
      const why = t('reason-other')
      return { value: '–', range: why, n: '', all: why }
    }
    const value = write(found.value)
    const n = count(language, found.n)
    const range = found.interval
      ? t('range', { lower: write(found.interval.lower), upper: write(found.interval.upper) })
      : t(reasonKey(found.interval_reason?.reason))
    return { value, range, n, all: `${value} (${range}), ${t('n', { n })}` }
  }
}

const GATE_NAMES: Record<string, string> = { icc1: 'ICC(1)', icc2: 'ICC(2)', rwg: 'rwg' }

export function useGateWords() {
  const { t, language } = useTexts()
  const names = (words: string[]) =>
    new Intl.ListFormat(language).format(words.map((word) => GATE_NAMES[word] ?? word))
  return ({ gate, units }: Schemas['UnitAgreement'], unit: string) =>
    t(`trust-gate-${gate.verdict}`, {
      unit,
      units,
      failed: names(gate.failed),
      missing: names(gate.missing),
    })
}
