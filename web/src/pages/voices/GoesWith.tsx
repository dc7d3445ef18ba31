// Which other answers go along with an indicator, how strongly, and where they stand. What is
// said here is that things go together, never that one brings about the other.
import { Alert, Paper, Skeleton, Text } from '@mantine/core'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { driversOption, letter, type DriverPoint } from '../../charts/drivers'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { count, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { reasonKey, useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { Section } from './Section'
import { position, standing } from './standing'
import type { Window } from './window'

type Found = Extract<Schemas['DriversResult'], { status: 'drivers' }>

export function GoesWith({
  indicator,
  window,
}: {
  indicator: Schemas['IndicatorRef']
  window: Window
}) {
  const { t, named } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/drivers', {
    params: { query: { indicator: indicator.id, ...window } },
  })
  return (
    <Section id="goes" title={t('voices-goes')} lead={t('association')}>
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Skeleton height={380} radius="md" />
      ) : data.result.status === 'drivers' ? (
        <Drawn view={data} found={data.result} />
      ) : (
        <None result={data.result} title={named(indicator.title)} />
      )}
    </Section>
  )
}

function Drawn({ view, found }: { view: Schemas['DriversView']; found: Found }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { drivers } = found
  const title = named(view.indicator.title)
  const drawn = useMemo(() => {
    const share = (value: number) => percent(language, value)
    const rows = drivers.map((one, at) => {
      const weighs = words(one.importance, 'share')
      const stands = words(one.performance, 'mean')
      const { min, max } = one.item.scale
      const rank = one.rank
      const told = [
        t('goes-weighs-words', { value: weighs.value, range: weighs.range }),
        rank.best === null || rank.worst === null
          ? t('goes-rank-bare', { rank: rank.value })
          : rank.best === rank.worst
            ? t('goes-rank-only', { rank: rank.value })
            : t('goes-rank', { rank: rank.value, best: rank.best, worst: rank.worst }),
        one.performance.status === 'estimate'
          ? t(min === null || max === null ? 'goes-stands-bare' : 'goes-stands-words', {
              value: stands.value,
              range: stands.range,
              min: min ?? 0,
              max: max ?? 0,
            })
          : t('goes-stands-none', { reason: stands.range }),
      ]
      const notes = [
        one.above_random === 'not_above' ? t('goes-chance') : '',
        one.above_random === 'undecided' ? t('goes-undecided') : '',
        one.sign < 0 ? t('goes-reversed', { indicator: title }) : '',
        one.vif > 5 ? t('goes-alike') : '',
      ].filter(Boolean)
      return { one, letter: letter(at), name: named(one.item.title), told, notes, weighs, stands }
    })
    const lines = rows.map((row) => [`${row.letter}. ${row.name}`, ...row.told, ...row.notes])
    const points = rows.flatMap((row, at): DriverPoint[] => {
      const stands = standing(row.one.performance, row.one.item.scale)
      const weighs = position(row.one.importance)
      if (!stands || !weighs) return []
      const clear = row.one.above_random === 'above'
      return [{ letter: row.letter, stands, weighs, clear, words: lines[at] }]
    })
    const even = 1 / drivers.length
    // Where some may not be shown on their scales, how much each weighs is all there is to draw.
    const mapped = points.length === rows.length
    const bars = rows.map((row, at) => {
      const [value, lower, upper] = position(row.one.importance) ?? [null, null, null]
      return {
        name: row.name,
        value,
        lower,
        upper,
        words: lines[at].join('. '),
        note: row.weighs.range,
      }
    })
    return {
      rows,
      mapped,
      spoken: lines.map((one) => one.join('. ')),
      option: (theme: ChartTheme) =>
        mapped
          ? driversOption(
              {
                points,
                nameX: t('goes-axis-stands'),
                nameY: t('goes-axis-weighs'),
                even,
                nameEven: t('goes-even'),
                write: share,
              },
              theme,
            )
          : groupsOption({ rows: bars, target: even, write: share, names: 280 }, theme),
    }
    // t, words and named change with the language alone.
  }, [view, language])
  const r2 = words(found.r2, 'share')
  const first = drivers.filter((one) => one.rank.value === 1 && one.rank.worst === 1)[0]
  return (
    <ChartFigure
      title={t('goes-title', { indicator: title })}
      finding={[
        t('goes-finding', { value: r2.value, range: r2.range }),
        drawn.mapped ? '' : t('goes-not-mapped'),
        first && drivers.length > 1
          ? t('goes-first', { question: named(first.item.title) })
          : drivers.length > 1
            ? t('goes-no-first')
            : '',
      ]
        .filter(Boolean)
        .join(' ')}
      method={t('goes-method', {
        n: count(language, found.n),
        of: count(language, found.n_outcome),
      })}
      anchor="drivers"
      snapshot={view.snapshot}
      height={drawn.mapped ? 360 : drawn.rows.length * 44 + 36}
      narrowHeight={drawn.mapped ? 320 : drawn.rows.length * 72 + 36}
      focusSeries={1}
      option={drawn.option}
      spoken={drawn.spoken}
      table={{
        head: [
          t('question'),
          t('goes-axis-weighs'),
          t('interval'),
          t('rank'),
          t('interval'),
          'n',
          t('goes-axis-stands'),
          t('interval'),
          'n',
        ],
        columns: ['name', 'value', 'interval', 'value', 'interval', 'n', 'value', 'interval', 'n'],
        rows: drawn.rows.map(({ one, name, letter: mark, weighs, stands }) => [
          `${mark}. ${name}`,
          weighs.value,
          weighs.range,
          String(one.rank.value),
          one.rank.best === null || one.rank.worst === null
            ? t(reasonKey(one.rank.reason?.reason))
            : t('range', { lower: one.rank.best, upper: one.rank.worst }),
          one.importance.status === 'estimate' ? count(language, one.importance.n) : '',
          stands.value,
          stands.range,
          one.performance.status === 'estimate' ? count(language, one.performance.n) : '',
        ]),
      }}
      below={
        <ol className="letters" aria-label={t('goes-letters')}>
          {drawn.rows.map((row) => (
            <li key={row.letter}>
              <span aria-hidden="true" data-clear={row.one.above_random === 'above'}>
                {row.letter}
              </span>
              <div>
                <Text size="sm" fw={600}>
                  {row.name}
                </Text>
                <Text size="sm" className="number">
                  {row.told.join('; ')}.
                </Text>
                {row.notes.length > 0 && (
                  <Text size="sm" c="dimmed">
                    {row.notes.join('; ')}.
                  </Text>
                )}
              </div>
            </li>
          ))}
        </ol>
      }
    />
  )
}

/** Why there is no picture, and what to do about it. */
function None({
  result,
  title,
}: {
  result: Exclude<Schemas['DriversResult'], { status: 'drivers' }>
  title: string
}) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  if (result.status === 'hidden') {
    return (
      <Paper className="paper" withBorder p="md">
        <Text>{words({ ...result, snapshot: '' }, null).range}</Text>
      </Paper>
    )
  }
  const names = new Intl.ListFormat(language).format(result.items.map((one) => named(one.title)))
  return (
    <Alert
      variant="outline"
      color="gray"
      className="paper"
      title={t('goes-none', { indicator: title })}
    >
      {result.reason.reason === 'singular' && result.items.length > 0
        ? t('goes-singular', { items: names })
        : `${t(reasonKey(result.reason.reason))} (${t('n', { n: count(language, result.n) })}). ${t('goes-none-do')}`}
    </Alert>
  )
}
