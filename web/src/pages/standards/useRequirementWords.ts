// A requirement as one sentence that a shop understands, for each of the six kinds.
import { decimalPlain, percent } from '../../text/format'
import { duration } from '../../text/duration'
import { useTexts } from '../../text/LanguageProvider'
import type { Requirement } from './content'

export function useRequirementWords() {
  const { t, named, language } = useTexts()
  return (found: Requirement): string => {
    switch (found.kind) {
      case 'duration': {
        const within = duration(language, found.within)
        const from = found.clock_from?.trim()
        const to = found.clock_to?.trim()
        return from && to
          ? t('requirement-duration-from-to', { within, from, to })
          : t('requirement-duration', { within })
      }
      case 'range': {
        const { lower, upper, nominal, unit_of_measure: unit } = found
        const write = (value: number) => decimalPlain(language, value)
        const said =
          lower !== undefined && upper !== undefined
            ? t('requirement-range-both', { lower: write(lower), upper: write(upper), unit })
            : lower !== undefined
              ? t('requirement-range-lower', { lower: write(lower), unit })
              : t('requirement-range-upper', { upper: write(upper ?? 0), unit })
        return nominal === undefined
          ? said
          : `${said} ${t('requirement-range-nominal', { nominal: write(nominal), unit })}`
      }
      case 'checklist': {
        const counting = found.items.filter((item) => item.counts_as !== 'bonus').length
        return found.pass_at >= 1
          ? t('requirement-checklist-all', { points: counting })
          : t('requirement-checklist', {
              points: counting,
              share: percent(language, found.pass_at),
            })
      }
      case 'rubric': {
        const anchor = found.anchors.find(({ score }) => score === found.pass_from)
        return t('requirement-rubric', {
          score: found.pass_from,
          max: found.max ?? Math.max(...found.anchors.map(({ score }) => score)),
          words: named(anchor?.title) || '–',
          raters: found.raters,
        })
      }
      case 'wording':
        return t('requirement-wording', {
          languages: new Intl.ListFormat(language).format(
            Object.keys(found.languages).map((code) => languageName(language, code)),
          ),
        })
      case 'sequence':
        return t('requirement-sequence', { steps: found.steps.length })
    }
  }
}

/** "Dutch", as a reader of `language` says it. */
export function languageName(language: string, code: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code
  } catch {
    // A code that is no code of a language, while it is being typed.
    return code
  }
}
