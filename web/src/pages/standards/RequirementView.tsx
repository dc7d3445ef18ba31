// What exactly is required: the sentence, and below it the points, scores, rules or steps.
import { List, Text } from '@mantine/core'
import type { ReactNode } from 'react'

import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import type { Checklist, Courtesy, Requirement, Rubric, Wording, WordingRules } from './content'
import { Stack as SequenceStack } from './SequenceStack'
import { languageName, useRequirementWords } from './useRequirementWords'

export function RequirementView({ requirement }: { requirement: Requirement }) {
  const words = useRequirementWords()
  return (
    <>
      <Text fz="lg" lh={1.45}>
        {words(requirement)}
      </Text>
      <Details requirement={requirement} />
    </>
  )
}

function Details({ requirement }: { requirement: Requirement }): ReactNode {
  const { t } = useTexts()
  switch (requirement.kind) {
    case 'duration':
      return (
        <List size="sm" mt="xs" spacing={4}>
          <List.Item>
            {t(requirement.inclusive === false ? 'duration-exclusive' : 'duration-inclusive')}
          </List.Item>
          {requirement.hours && (
            <List.Item>{t('duration-hours', { calendar: requirement.hours })}</List.Item>
          )}
          <List.Item>{t(`duration-open-${requirement.open ?? 'fail_past_limit'}`)}</List.Item>
        </List>
      )
    case 'range':
      return null
    case 'checklist':
      return <Points checklist={requirement} />
    case 'rubric':
      return <Anchors rubric={requirement} />
    case 'wording':
      return <Rules wording={requirement} />
    case 'sequence':
      return <SequenceStack steps={requirement.steps} />
  }
}

function Points({ checklist }: { checklist: Checklist }) {
  const { t, named, language } = useTexts()
  const counting = checklist.items.filter((item) => item.counts_as !== 'bonus')
  const bonus = checklist.items.filter((item) => item.counts_as === 'bonus')
  return (
    <>
      <ul className="points">
        {counting.map((item) => (
          <li key={item.id}>
            <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
              <rect x="1.5" y="1.5" width="15" height="15" rx="4" />
              <path d="M5 9.2l2.7 2.7L13 6.4" />
            </svg>
            <span>
              {named(item.title)}{' '}
              {item.counts_as === 'auto_fail' ? (
                <b className="must">{t('point-auto_fail')}</b>
              ) : (
                (item.weight ?? 1) !== 1 && (
                  <Text span size="sm" c="dimmed">
                    {t('point-weight', { weight: count(language, item.weight ?? 1) })}
                  </Text>
                )
              )}
            </span>
          </li>
        ))}
      </ul>
      {bonus.length > 0 && (
        <Text size="sm">
          {t('point-bonus', {
            items: new Intl.ListFormat(language).format(bonus.map((item) => named(item.title))),
          })}
        </Text>
      )}
    </>
  )
}

function Anchors({ rubric }: { rubric: Rubric }) {
  const { t, named } = useTexts()
  return (
    <ol className="anchors">
      {rubric.anchors.map(({ score, title }) => (
        <li key={score} value={score} data-kept={score >= rubric.pass_from || undefined}>
          <b>{score}</b>
          <span>
            {named(title)}
            {score === rubric.pass_from && (
              <Text span size="sm" c="dimmed">
                {' '}
                {t('rubric-from-here')}
              </Text>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Rules({ wording }: { wording: Wording }) {
  const { language } = useTexts()
  const said = useRules()
  return (
    <div className="rules">
      {Object.entries(wording.languages).map(([code, rules]) => (
        <div key={code}>
          <Text fw={600} size="sm">
            {languageName(language, code)}
          </Text>
          <List size="sm" spacing={4}>
            {said(code, rules).map((rule) => (
              <List.Item key={rule}>{rule}</List.Item>
            ))}
          </List>
        </div>
      ))}
    </div>
  )
}

/** The word by which a language addresses somebody. */
const ADDRESS: Record<string, Record<'formal' | 'informal', string>> = {
  nl: { formal: 'u', informal: 'je' },
  fr: { formal: 'vous', informal: 'tu' },
  de: { formal: 'Sie', informal: 'du' },
}

function useRules() {
  const { t, language } = useTexts()
  const either = (phrases: string[]) =>
    new Intl.ListFormat(language, { type: 'disjunction' }).format(phrases.map((one) => `“${one}”`))
  return (code: string, rules: WordingRules): string[] => {
    const found: string[] = []
    const courtesy = (name: string, asked: Courtesy | undefined) => {
      if (asked) found.push(t(`rule-${name}-${asked}`))
    }
    if (rules.address)
      found.push(
        t('rule-address', { word: ADDRESS[code.slice(0, 2)]?.[rules.address] ?? rules.address }),
      )
    if (rules.greeting?.length) found.push(t('rule-greeting', { phrases: either(rules.greeting) }))
    else if (rules.any_greeting) found.push(t('rule-any-greeting'))
    if (rules.closing?.length) found.push(t('rule-closing', { phrases: either(rules.closing) }))
    else if (rules.any_closing) found.push(t('rule-any-closing'))
    courtesy('apology', rules.apology)
    courtesy('gratitude', rules.gratitude)
    courtesy('please', rules.please)
    courtesy('please_first', rules.please_first)
    for (const phrase of rules.required ?? []) found.push(t('rule-required', { phrase }))
    for (const phrase of rules.forbidden ?? []) found.push(t('rule-forbidden', { phrase }))
    if (rules.sentence_words_max)
      found.push(t('rule-sentence', { words: rules.sentence_words_max }))
    if (rules.reading_ease_min) found.push(t('rule-reading', { ease: rules.reading_ease_min }))
    return found
  }
}
