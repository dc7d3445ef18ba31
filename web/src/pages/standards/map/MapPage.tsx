// Which promise is kept where: every standard in every unit, in the order of the tree. It shows
// where to look, not who is best: nothing here is ranked.
import { Anchor, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

import { api } from '../../../api/client'
import type { Schemas } from '../../../api/types'
import type { MapSearch } from '../../../app/router'
import ChartFigure from '../../../charts/ChartFigure'
import type { Column } from '../../../charts/columns'
import { HEAT_ROW, HEAT_TOP, heatOption, type HeatCell } from '../../../charts/heat'
import type { ChartTheme } from '../../../charts/theme'
import { period as periodWords } from '../../../text/format'
import { useTexts } from '../../../text/LanguageProvider'
import { useEstimateWords } from '../../overview/Estimate'
import { Problem } from '../../Problem'
import { useTitle } from '../../useTitle'
import { VerdictShape } from '../Verdict'
import { Waiting } from '../Waiting'

const COLUMNS: Column[] = ['name', 'given', 'given', 'value', 'interval', 'n']
const letter = (at: number) => String.fromCharCode(65 + (at % 26)) + (at >= 26 ? '2' : '')

export function MapPage() {
  const { t, named, language } = useTexts()
  useTitle(t('standards-map'))
  const search = useSearch({ strict: false }) as MapSearch
  const navigate = useNavigate()
  const choose = (change: MapSearch) =>
    void navigate({ to: '/standards/map', search: { ...search, ...change }, replace: true })
  const { data: organisation } = api.useQuery('get', '/api/v1/foundation')
  const register = api.useQuery('get', '/api/v1/standards', {})
  const period = search.period ?? register.data?.period?.id
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/standards/verdicts',
    { params: { query: { period: period ?? '', level: search.level } } },
    { enabled: period !== undefined, placeholderData: (before) => before },
  )
  if (register.error || error) return <Problem problem={register.error ?? error} />
  if (!register.data || !organisation) return <Waiting />
  if (!register.data.period)
    return (
      <Paper className="paper" withBorder p="xl" maw={760}>
        <Title order={1} size="h2">
          {t('standards-map')}
        </Title>
        <Text my="sm">{t('no-looks-yet')}</Text>
        <Text mb="sm">{t('no-looks-yet-do')}</Text>
        <Button component={Link} to="/look">
          {t('nav-look')}
        </Button>
      </Paper>
    )
  if (!data) return <Waiting />
  const levels = (organisation.objects.find(({ kind }) => kind === 'organisation')?.content ??
    {}) as { levels?: { id: string; title: Record<string, string> }[] }
  return (
    <Stack gap="md" maw={1080}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1} size="h2">
            {t('map-title', { period: periodWords(language, data.period) })}
          </Title>
          <Text mt={4} maw={760}>
            {t('map-lead')}
          </Text>
        </div>
        <Button variant="default" component={Link} to="/standards" className="no-print">
          {t('standards-all')}
        </Button>
      </Group>
      <Group gap="sm" className="no-print" align="flex-end">
        <NativeSelect
          label={t('period')}
          value={period}
          onChange={(event) => choose({ period: event.currentTarget.value })}
          data={register.data.periods.map((one) => ({
            value: one.id,
            label: periodWords(language, one),
          }))}
        />
        <NativeSelect
          label={t('level')}
          value={data.level}
          onChange={(event) => choose({ level: event.currentTarget.value })}
          data={(levels.levels ?? []).map(({ id, title }) => ({ value: id, label: named(title) }))}
        />
      </Group>
      <Heat view={data} />
    </Stack>
  )
}

function Heat({ view }: { view: Schemas['VerdictsView'] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const navigate = useNavigate()
  const drawn = useMemo(() => {
    const place = (list: { id: string }[]) => new Map(list.map(({ id }, at) => [id, at]))
    const [columns, rows] = [place(view.standards), place(view.units)]
    const told = view.cells
      .filter(({ standard, unit }) => columns.has(standard) && rows.has(unit))
      .map((one) => {
        const column = columns.get(one.standard) ?? 0
        const row = rows.get(one.unit) ?? 0
        const { verdict } = one
        const hidden = verdict.share.status === 'hidden' || verdict.reason === 'small_team'
        const share = words(verdict.share, 'conformance')
        const outcome =
          verdict.reason === 'small_team'
            ? t('verdict-none-small_team')
            : t(`outcome-${verdict.outcome}`)
        return { one, column, row, hidden, share, outcome }
      })
      // Arrow keys walk unit by unit, as the table reads.
      .sort((a, b) => a.row - b.row || a.column - b.column)
    const cells: HeatCell[] = told.map(({ one, column, row, hidden, share, outcome }) => ({
      column,
      row,
      outcome: one.verdict.outcome,
      hidden,
      words: `${named(view.units[row].title)}. ${named(view.standards[column].title)}: ${outcome}. ${share.all}`,
    }))
    return {
      told,
      option: (theme: ChartTheme) =>
        heatOption(
          {
            columns: view.standards.map((_, at) => letter(at)),
            rows: view.units.map((unit) => ({ name: named(unit.title), group: unit.parent ?? '' })),
            cells,
          },
          theme,
        ),
      spoken: cells.map((cell) => cell.words),
      table: {
        head: [t('unit'), t('kind-standard'), t('outcome'), t('kept-share'), t('interval'), 'n'],
        columns: COLUMNS,
        rows: told.map(({ one, column, row, share, outcome }) => [
          named(view.units[row].title),
          named(view.standards[column].title),
          outcome,
          share.value,
          share.range,
          one.verdict.share.status === 'estimate' ? String(one.verdict.share.n) : '',
        ]),
      },
    }
    // t, named and words change with the language alone.
  }, [view, language])
  const counted = (outcome: string) =>
    view.cells.filter(({ verdict }) => verdict.outcome === outcome).length
  const hidden = drawn.told.filter((one) => one.one.verdict.reason === 'small_team').length
  return (
    <ChartFigure
      title={t('map-figure')}
      level={2}
      finding={t('map-finding', {
        met: counted('met'),
        not: counted('not_met'),
        undecided: counted('undecided'),
      })}
      option={drawn.option}
      table={drawn.table}
      spoken={drawn.spoken}
      focusSeries={0}
      height={view.units.length * HEAT_ROW + HEAT_TOP + 8}
      method={`${t('map-method')} ${hidden > 0 ? t('map-hidden', { hidden }) : ''}`}
      anchor="share"
      snapshot={view.snapshot}
      onPick={(at) => {
        const { one } = drawn.told[at]
        void navigate({
          to: '/standards/$id',
          params: { id: one.standard },
          search: { unit: one.unit },
        })
      }}
    >
      <ul className="legend" aria-label={t('legend')}>
        {(['met', 'not_met', 'undecided', 'none'] as const).map((outcome) => (
          <li key={outcome} className="verdict" data-outcome={outcome}>
            <VerdictShape outcome={outcome} size={14} /> {t(`outcome-${outcome}`)}{' '}
            <b>{counted(outcome)}</b>
          </li>
        ))}
      </ul>
      <ul className="letters" aria-label={t('kind-standard')}>
        {view.standards.map((standard, at) => (
          <li key={standard.id}>
            <span data-clear="true">{letter(at)}</span>
            <div>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link {...props} to="/standards/$id" params={{ id: standard.id }} />
                )}
              >
                {named(standard.title)}
              </Anchor>
            </div>
          </li>
        ))}
      </ul>
    </ChartFigure>
  )
}
