// Is it kept, and does it stay as it is? The control chart, its verdict and its signals in words.
import { Group, List, NativeSelect, Paper, Text } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import type { StandardSearch } from '../../app/router'
import { useSession } from '../../app/useSession'
import ChartFigure from '../../charts/ChartFigure'
import { CONTROL_SYMBOLS, controlColour, type ControlMeaning } from '../../charts/control'
import { dark, light } from '../../charts/theme'
import { count, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Attention } from '../Attention'
import { Baselines } from './baselines/Baselines'
import { Problem } from '../Problem'
import { Section } from '../voices/Section'
import type { Standard } from './content'
import { gapOf } from './controlNumber'
import { useControl } from './useControl'
import { inTreeOrder } from './units'
import { useVerdictWords, VerdictBadge } from './Verdict'
import { Waiting } from './Waiting'
import { useComputedColorScheme } from '@mantine/core'

const BY = ['week', 'month', 'quarter', 'year'] as const

export function Delivery({
  id,
  search,
  onChoose,
  content,
}: {
  id: string
  search: StandardSearch
  onChoose: (change: StandardSearch) => void
  content: Standard
}) {
  const { t, named, language } = useTexts()
  const { units: own } = useSession()
  const { data: units } = api.useQuery('get', '/api/v1/units')
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/standards/{standard}/chart',
    {
      params: {
        path: { standard: id },
        query: { unit: search.unit, by: search.by, chart: search.chart },
      },
    },
    { placeholderData: (before) => before },
  )
  const within = own('results')
  const listed = inTreeOrder(units?.units ?? [], within)
  return (
    <Section
      id="delivery"
      title={t('standard-delivery')}
      lead={t('standard-delivery-lead', { target: percent(language, content.target) })}
    >
      <Group gap="sm" className="no-print" align="flex-end">
        <NativeSelect
          label={t('unit')}
          value={search.unit ?? ''}
          onChange={(event) => onChoose({ unit: event.currentTarget.value || undefined })}
          data={[
            ...(within.length === 0 ? [{ value: '', label: t('everywhere') }] : []),
            ...(within.length > 0 && !search.unit ? [{ value: '', label: t('choose') }] : []),
            ...listed.map(({ unit, depth }) => ({
              value: unit.id,
              label: `${'\u2003'.repeat(depth)}${named(unit.title)}`,
            })),
          ]}
        />
        <NativeSelect
          label={t('granularity')}
          value={search.by ?? data?.granularity ?? 'month'}
          onChange={(event) => onChoose({ by: event.currentTarget.value })}
          data={BY.map((one) => ({ value: one, label: t(`granularity-${one}`) }))}
        />
      </Group>
      {error ? (
        <Problem problem={error} />
      ) : data ? (
        <Chart key={search.at} id={id} view={data} at={search.at} />
      ) : (
        <Waiting />
      )}
    </Section>
  )
}

function Chart({ id, view, at }: { id: string; view: Schemas['ControlChartView']; at?: string }) {
  const { t, named, language } = useTexts()
  const drawn = useControl(view)
  const verdictWords = useVerdictWords()
  const theme = useComputedColorScheme('light') === 'dark' ? dark : light
  if (view.points.length === 0)
    return (
      <Paper className="paper" withBorder p="md">
        <Text fw={600}>{t('no-looks-yet')}</Text>
        <Text size="sm">{t('no-looks-yet-do')}</Text>
      </Paper>
    )
  const verdict = view.verdict
  const gap = gapOf(view)
  const said = verdict && verdictWords(verdict)
  const flagged = (['worse', 'better', 'change'] as ControlMeaning[]).filter((meaning) =>
    view.points.some((point) => point.meaning === meaning),
  )
  const finding = [
    said && verdict.share.status === 'estimate'
      ? t('kept-of', { share: said.share.value, range: said.share.range, n: said.share.n })
      : '',
    said?.notes.join(' ') ?? '',
    t('signals-count', { signals: view.signals.length }),
  ]
    .filter(Boolean)
    .join(' ')
  const alarms = view.false_alarms.share
  return (
    <>
      {view.protection && (
        <Attention title={t('protected-title')}>
          {t(`protected-${view.protection.reason === 'small_team' ? 'small_team' : 'other'}`, {
            minimum: view.protection.minimum,
            unit: view.unit ? named(view.unit.title) : t('everywhere'),
          })}
        </Attention>
      )}
      <ChartFigure
        title={t(gap ? `control-title-${gap}` : 'control-title', {
          unit: view.unit ? named(view.unit.title) : t('everywhere'),
        })}
        finding={finding}
        option={drawn.option}
        table={drawn.table}
        spoken={drawn.spoken}
        focusSeries={3}
        start={view.points.findIndex(({ period }) => period.id === at)}
        height={340}
        narrowHeight={280}
        method={[
          t(gap ? 'control-method-gap' : 'control-method'),
          alarms.status === 'estimate'
            ? t('control-false-alarms', {
                points: count(language, view.false_alarms.points),
                share: percent(language, alarms.value),
              })
            : '',
          view.convenience_left_out > 0
            ? t('verdict-convenience', { n: view.convenience_left_out })
            : '',
        ].join(' ')}
        anchor="control"
        snapshot={view.snapshot}
        below={
          <>
            {drawn.signals.length > 0 && (
              <List size="sm" spacing={4} mt="xs">
                {drawn.signals.map(({ words }, at) => (
                  <List.Item key={at}>{words}</List.Item>
                ))}
              </List>
            )}
            <Baselines id={id} view={view} />
          </>
        }
      >
        <Group gap="md" mt="xs">
          {verdict && <VerdictBadge outcome={verdict.outcome} />}
          {flagged.length > 0 && (
            <ul className="legend" aria-label={t('legend')} style={{ margin: 0 }}>
              {flagged.map((meaning) => (
                <li key={meaning}>
                  <svg width="14" height="14" viewBox="0 0 20 20" aria-hidden="true">
                    <path d={outline(meaning)} fill={controlColour(meaning, theme)} />
                  </svg>
                  {t(`meaning-${meaning}`)}
                </li>
              ))}
            </ul>
          )}
        </Group>
      </ChartFigure>
    </>
  )
}

/** The chart's own shapes; its diamond has a name instead of a path. */
function outline(meaning: ControlMeaning): string {
  const symbol = CONTROL_SYMBOLS[meaning]
  return symbol.startsWith('path://')
    ? symbol.slice('path://'.length)
    : 'M10,0.5 L19.5,10 L10,19.5 L0.5,10 Z'
}
