// The ratings of one questionnaire as diverging bars, a row a question.
import { Skeleton } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { Schemas, Text } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { divergingHeight, divergingOption, type DivergingRow } from '../../charts/diverging'
import type { ChartTheme } from '../../charts/theme'
import { count, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { bandsOf, commonest, lean, npsBands } from './bands'
import { isNps, type Question } from './items'
import { Swatches } from './Swatches'
import type { Window } from './window'

type Told = { question: Question; view: Schemas['DistributionsView'] }
type Shown = Extract<Schemas['Distribution'], { status: 'distribution' }>

/** The one row of an answer without grouping. */
export const only = (view: Schemas['DistributionsView']): Schemas['Distribution'] | undefined =>
  view.rows[0]?.distribution

const shown = (view: Schemas['DistributionsView']): Shown | null => {
  const found = only(view)
  return found?.status === 'distribution' ? found : null
}

export function RatedFigure({
  title,
  questions,
  window,
}: {
  title: Text
  questions: Question[]
  window: Window
}) {
  const found = useQueries({
    queries: questions.map(({ id }) =>
      api.queryOptions('get', '/api/v1/distributions', {
        params: { query: { item: id, ...window } },
      }),
    ),
  })
  const failed = found.find((one) => one.error)
  if (failed) return <Problem problem={failed.error} />
  const told = found.flatMap(({ data }, at) =>
    data ? [{ question: questions[at], view: data }] : [],
  )
  if (told.length < questions.length) return <Skeleton height={180} radius="md" />
  return <Drawn title={title} told={told} />
}

function Drawn({ title, told }: { title: Text; told: Told[] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const key = told.map(({ question, view }) => `${question.id}@${view.snapshot}`).join()
  const drawn = useMemo(() => {
    const why = (found: Schemas['Distribution'] | undefined) =>
      found && found.status !== 'distribution' ? words(found, null).range : t('reason-no_answers')
    const rows = told.map(({ question, view }): DivergingRow => {
      const name = named(question.title)
      const found = shown(view)
      if (!found) return { name, note: why(only(view)), bands: [], words: [name, why(only(view))] }
      const answers = found.categories.map(({ value, count: given }) => ({
        value,
        share: found.n > 0 ? given / found.n : 0,
      }))
      const nps = isNps(question)
      const bands = nps ? npsBands(answers) : bandsOf(answers)
      const n = t('n', { n: count(language, found.n) })
      const each = nps
        ? bands.map(({ label, share }) => `${label}: ${percent(language, share)}`)
        : found.categories.map(({ value, share }) => {
            const { value: part, range } = words(share, 'share')
            return `${value}: ${part} (${range})`
          })
      return {
        name,
        note: `${nps ? t('said-nps') : t('range', { lower: question.min, upper: question.max })} · ${n}`,
        bands,
        words: [name, ...each, n],
      }
    })
    return {
      rows,
      finding: finding(),
      option: (theme: ChartTheme) =>
        divergingOption(rows, (share) => percent(language, share), theme),
      cells: told.flatMap(({ question, view }) => {
        const found = shown(view)
        const name = named(question.title)
        if (!found) return [[name, '', '–', why(only(view)), '']]
        return found.categories.map(({ value, share }) => {
          const { value: part, range } = words(share, 'share')
          return [name, value, part, range, count(language, found.n)]
        })
      }),
    }
    /** One question: the answer given most. Several: which ends they lean to. */
    function finding(): string {
      const heard = told.filter(({ view }) => shown(view) !== null)
      if (heard.length === 0) return why(only(told[0].view))
      if (heard.length === 1) {
        const { question, view } = heard[0]
        const most = commonest(shown(view)?.categories ?? [])
        if (!most) return why(only(view))
        const { value: share, range } = words(most.share, 'share')
        return t('said-most', { question: named(question.title), answer: most.value, share, range })
      }
      const order = rows
        .filter(({ bands }) => bands.length > 0)
        .sort((one, other) => lean(other.bands) - lean(one.bands))
      return t('said-lean', { high: order[0].name, low: order.at(-1)?.name ?? '' })
    }
    // t, words and named change with the language alone.
  }, [key, language])
  const left = told.reduce((sum, { view }) => sum + (view.missing ?? 0), 0)
  return (
    <ChartFigure
      title={named(title)}
      finding={drawn.finding}
      method={[
        t('said-method'),
        left > 0 ? t('said-left-open', { n: count(language, left) }) : '',
      ].join(' ')}
      anchor="distribution"
      snapshot={told[0].view.snapshot}
      height={divergingHeight(drawn.rows.length, false)}
      narrowHeight={divergingHeight(drawn.rows.length, true)}
      focusSeries={0}
      option={drawn.option}
      spoken={drawn.rows.map((row) => row.words.join('. '))}
      table={{
        head: [t('question'), t('answer'), t('share'), t('interval'), 'n'],
        columns: ['name', 'name', 'value', 'interval', 'n'],
        rows: drawn.cells,
      }}
    >
      <Swatches />
    </ChartFigure>
  )
}
