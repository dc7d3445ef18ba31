// A question with choices: the share of each with its interval.
import { Skeleton } from '@mantine/core'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { ONE_RESULT } from '../../charts/columns'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { count, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { commonest } from './bands'
import type { Question } from './items'
import { only } from './RatedFigure'
import type { Window } from './window'

export function ChoiceFigure({ question, window }: { question: Question; window: Window }) {
  const { data, error } = api.useQuery('get', '/api/v1/distributions', {
    params: { query: { item: question.id, ...window } },
  })
  if (error) return <Problem problem={error} />
  if (!data) return <Skeleton height={180} radius="md" />
  return <Drawn question={question} view={data} />
}

function Drawn({ question, view }: { question: Question; view: Schemas['DistributionsView'] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const found = only(view)
  const drawn = useMemo(() => {
    const called = (value: string) =>
      question.kind === 'boolean'
        ? t(value === 'true' ? 'yes' : 'no')
        : named(question.choices.get(value)) || value
    const categories = found?.status === 'distribution' ? found.categories : []
    const rows = categories.map(({ value, share }) => {
      const shown = share.status === 'estimate' ? share : null
      const told = words(share, 'share')
      return {
        name: called(value),
        value: shown?.value ?? null,
        lower: shown?.interval?.lower ?? null,
        upper: shown?.interval?.upper ?? null,
        words: `${called(value)}: ${told.all}`,
        note: shown ? undefined : told.range,
        cells: [called(value), told.value, told.range, shown ? count(language, shown.n) : ''],
      }
    })
    const most = commonest(categories)
    return {
      rows,
      finding:
        most && most.share.status === 'estimate'
          ? t('said-most', {
              question: named(question.title),
              answer: called(most.value),
              share: words(most.share, 'share').value,
              range: words(most.share, 'share').range,
            })
          : found && found.status !== 'distribution'
            ? words(found, null).range
            : t('reason-no_answers'),
      option: (theme: ChartTheme) =>
        groupsOption(
          { rows, target: null, write: (share) => percent(language, share), ends: [0, 1] },
          theme,
        ),
    }
    // t, words and named change with the language alone.
  }, [view, question, language])
  return (
    <ChartFigure
      title={named(question.title)}
      finding={drawn.finding}
      method={t('said-method-choices')}
      anchor="distribution"
      snapshot={view.snapshot}
      height={drawn.rows.length * 34 + 40}
      focusSeries={1}
      option={drawn.option}
      spoken={drawn.rows.map((row) => row.words)}
      table={{
        head: [t('answer'), t('share'), t('interval'), 'n'],
        columns: ONE_RESULT,
        rows: drawn.rows.map((row) => row.cells),
      }}
    />
  )
}
