// What a signal was, in a sentence: when, which way, by which rule.
import type { Schemas } from '../../api/types'
import { period } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { ruleKey } from '../standards/useControl'

type Case = Schemas['CaseView']

const MONTH = /^\d{4}-\d{2}$/

export function useSignalWords() {
  const { t, named, language } = useTexts()
  /** Charts of cases are made of months. */
  const month = (label: string) =>
    MONTH.test(label)
      ? period(language, {
          id: label,
          granularity: 'month',
          start: `${label}-01`,
          end: `${label}-28`,
        })
      : label
  const when = ({ points }: Case): string => {
    const [first, last] = [points[0] ?? '', points[points.length - 1] ?? '']
    return first === last ? month(first) : t('from-to', { from: month(first), to: month(last) })
  }
  return {
    when,
    where: ({ unit }: Case): string => (unit ? named(unit.title) : t('everywhere')),
    sentence: (found: Case): string =>
      t(found.side < 0 ? 'case-less' : found.side > 0 ? 'case-more' : 'case-change', {
        when: when(found),
        rule: t(ruleKey(found.rule)),
      }),
  }
}
