// A control chart of the API as the picture, the table and the voice want it.
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import type { Column } from '../../charts/columns'
import { controlOption, type ControlChart, type ControlMeaning } from '../../charts/control'
import type { FigureTable } from '../../charts/save'
import type { ChartTheme } from '../../charts/theme'
import { day, percent, period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'
import { controlNumber, gapOf } from './controlNumber'

type View = Schemas['ControlChartView']

const MEANINGS: readonly string[] = ['better', 'worse', 'change'] satisfies ControlMeaning[]

const COLUMNS: Column[] = ['name', 'value', 'interval', 'n', 'given', 'given', 'given']

/** Rules with a sentence of their own. */
const RULES = new Set(['beyond', 'one_side', 'trend', 'two_in_three_near', 'some_beyond'])

export function ruleKey(rule: string): string {
  return RULES.has(rule) ? `rule-of-${rule}` : 'rule-of-other'
}

export function useControl(view: View) {
  const { t, language } = useTexts()
  const words = useEstimateWords()
  return useMemo(() => {
    const number = controlNumber(language, view)
    const gap = gapOf(view)
    const write = (value: number) => number(value)
    const fine = (value: number | null) => (value === null ? '–' : number(value, 1))
    const said = (estimate: View['points'][number]['estimate']) => {
      const share = words(estimate, 'conformance')
      if (!gap || estimate.status !== 'estimate') return share
      // Each wait is one event: it has no interval, and its n are the looks up to it.
      const value = write(estimate.value)
      return { ...share, value, range: t('gap-no-interval'), all: t(`gap-${gap}-words`, { value }) }
    }
    const told = view.points.map((point) => ({
      point,
      label: periodWords(language, point.period),
      words: said(point.estimate),
      flag: point.rule
        ? `${t(`meaning-${point.meaning ?? 'change'}`)}: ${t(ruleKey(point.rule))}`
        : '',
    }))
    const points = told.map(({ point, label, words: said, flag }) => ({
      label,
      value: point.estimate.status === 'estimate' ? point.estimate.value : null,
      centre: point.centre,
      lower: point.lower,
      upper: point.upper,
      segment: point.segment,
      meaning:
        point.meaning && MEANINGS.includes(point.meaning)
          ? (point.meaning as ControlMeaning)
          : null,
      words: flag ? `${said.all}. ${flag}` : said.all,
    }))
    const chart: ControlChart = {
      points,
      marks: view.versions
        .filter(({ point }) => point > 0)
        .map(({ version, point, rebases }) => ({
          at: point,
          label: t('version-short', { version }),
          rebases,
        })),
      // The target is a share; a wait has none.
      target: gap ? null : (view.verdict?.target ?? null),
      targetLabel: t('target-short', {
        target: view.verdict?.target ? percent(language, view.verdict.target) : '',
      }),
      centreLabel: t('centre-line'),
      limitsLabel: t('limits'),
      write,
    }
    const table: FigureTable = {
      head: [
        t('period'),
        gap ? t(`gap-${gap}`) : t('kept-share'),
        t('interval'),
        'n',
        t('centre-line'),
        t('limits'),
        t('signal'),
      ],
      columns: COLUMNS,
      rows: told.map(({ point, label, words: said, flag }) => [
        label,
        said.value,
        said.range,
        point.estimate.status === 'estimate' ? String(point.estimate.n) : '',
        fine(point.centre),
        point.lower === null && point.upper === null
          ? t('limits-none')
          : t('range', { lower: fine(point.lower), upper: fine(point.upper) }),
        flag,
      ]),
    }
    const signals = view.signals.map((signal) => ({
      meaning: signal.meaning,
      words: t('signal-words', {
        when:
          signal.from.id === signal.to.id
            ? periodWords(language, signal.from)
            : t('from-to', {
                from: periodWords(language, signal.from),
                to: periodWords(language, signal.to),
              }),
        rule: t(ruleKey(signal.rule)),
        meaning: t(`meaning-${signal.meaning}`),
      }),
    }))
    return {
      option: (theme: ChartTheme) => controlOption(chart, theme),
      table,
      spoken: points.map(({ label, words: said }) => `${label}: ${said}`),
      signals,
      marks: view.versions
        .filter(({ point }) => point > 0)
        .map(({ version, from }) => t('version-from', { version, day: day(language, from) })),
    }
    // t and words change with the language alone.
  }, [view, language])
}
