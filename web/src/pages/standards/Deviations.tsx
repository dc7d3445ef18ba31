// In which ways delivery deviates, which reasons were given, and, apart from both, what came on top.
// An extra never lifts conformance and a deviation never hides behind one.
import { Paper, Stack, Table, Text, Title } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { ONE_RESULT, type Column } from '../../charts/columns'
import { PARETO_ROW, paretoOption } from '../../charts/pareto'
import { count, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'
import { useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { Section } from '../voices/Section'
import type { Standard } from './content'
import { useDeviationWords } from './useDeviationWords'
import type { useNames } from './useNames'
import { Waiting } from './Waiting'
import { useMemo } from 'react'

type View = Schemas['DeviationsView']
type Line = Schemas['DeviationView']

/** More than these are in the table. */
const BARS_MAX = 8
const COLUMNS: Column[] = ['name', 'given', 'value', 'interval', 'n', 'given']

export function Deviations({
  id,
  unit,
  content,
  names,
}: {
  id: string
  unit?: string
  content: Standard
  names: ReturnType<typeof useNames>
}) {
  const { t } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/deviations', {
    params: { path: { standard: id }, query: { unit } },
  })
  return (
    <Section id="deviations" title={t('deviations')} lead={t('deviations-lead')}>
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Waiting />
      ) : (
        <Stack gap="md">
          {data.deviations.length > 0 ? (
            <ParetoFigure view={data} content={content} />
          ) : (
            <Paper className="paper" withBorder p="md">
              <Text>
                {t(data.looks > 0 ? 'deviations-none' : 'no-looks-yet', { looks: data.looks })}
              </Text>
            </Paper>
          )}
          {data.deviated > 0 && <Reasons view={data} owner={names.name('team', content.owner)} />}
          <Extras view={data} content={content} />
        </Stack>
      )}
    </Section>
  )
}

function ParetoFigure({ view, content }: { view: View; content: Standard }) {
  const { t, language } = useTexts()
  const say = useDeviationWords(content)
  const words = useEstimateWords()
  const drawn = useMemo(() => {
    const told = view.deviations.map((line) => ({
      line,
      name: say.deviation(line),
      share: words(line.share, 'conformance'),
    }))
    const bars = told.slice(0, BARS_MAX).map(({ line, name, share }) => ({
      name,
      count: line.count,
      cumulative: line.cumulative,
      words: t('pareto-words', {
        name,
        count: count(language, line.count),
        share: share.all,
        cumulative: percent(language, line.cumulative),
      }),
    }))
    return {
      option: (theme: Parameters<typeof paretoOption>[1]) =>
        paretoOption(
          {
            bars,
            write: (found) => count(language, found),
            percent: (part) => percent(language, part),
          },
          theme,
        ),
      spoken: bars.map((bar) => bar.words),
      bars: bars.length,
      table: {
        head: [
          t('deviation'),
          t('times'),
          t('share-of-looks'),
          t('interval'),
          'n',
          t('together-with-above'),
        ],
        columns: COLUMNS,
        rows: told.map(({ line, name, share }) => [
          name,
          count(language, line.count),
          share.value,
          share.range,
          line.share.status === 'estimate' ? String(line.share.n) : '',
          percent(language, line.cumulative),
        ]),
      },
    }
    // say, t and words change with the language and the standard alone.
  }, [view, language, content])
  const first = view.deviations[0]
  return (
    <ChartFigure
      title={t('pareto-title')}
      finding={t('pareto-finding', {
        deviated: count(language, view.deviated),
        looks: count(language, view.looks),
        first: say.deviation(first),
        part: percent(language, first.part),
      })}
      option={drawn.option}
      table={drawn.table}
      spoken={drawn.spoken}
      focusSeries={1}
      height={drawn.bars * PARETO_ROW + 50}
      narrowHeight={drawn.bars * (PARETO_ROW + 6) + 50}
      method={t('pareto-method')}
      anchor="share"
      snapshot={view.snapshot}
    />
  )
}

/** Counts with the share of looks and its interval. */
function Lines({
  lines,
  caption,
  head,
  name,
  marked,
}: {
  lines: Line[]
  caption: string
  head: string
  name: (line: Line) => string
  marked?: (line: Line) => boolean
}) {
  const { t } = useTexts()
  const words = useEstimateWords()
  return (
    <Table.ScrollContainer
      minWidth={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': caption } }}
    >
      <Table fz="sm">
        <caption className="sr-only">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            {[head, t('share'), t('interval'), 'n'].map((title, at) => (
              <Table.Th key={at} scope="col" data-column={ONE_RESULT[at]}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => {
            const share = words(line.share, 'conformance')
            return (
              <Table.Tr
                key={`${line.kind} ${line.naming}`}
                data-chosen={marked?.(line) || undefined}
              >
                <Table.Th scope="row" fw={marked?.(line) ? 700 : 500}>
                  {name(line)}
                </Table.Th>
                <Table.Td className="number">{share.value}</Table.Td>
                <Table.Td className="number">{share.range}</Table.Td>
                <Table.Td className="number">
                  {line.share.status === 'estimate'
                    ? t('count-of', { count: line.looks, of: line.share.n })
                    : ''}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const GIVEN = ['could_not', 'did_not_know', 'unclear', 'chose_otherwise']

function Reasons({ view, owner }: { view: View; owner: string }) {
  const { t, language } = useTexts()
  const reason = (line: Line) => line.naming ?? line.kind
  const name = (line: Line) => {
    const found = reason(line)
    return GIVEN.includes(found) ? t(`reason-of-${found}`) : t('reason-of-none')
  }
  const couldNot = view.reasons.find((line) => reason(line) === 'could_not')
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      component="section"
      aria-labelledby="reasons"
      data-snapshot={view.snapshot}
    >
      <Title order={3} size="h4" id="reasons">
        {t('reasons')}
      </Title>
      <Text size="sm" mb="xs">
        {t('reasons-lead')}
      </Text>
      {couldNot && (
        <div className="attention" role="note">
          <Text size="sm">
            <strong>{t('could-not-title', { times: count(language, couldNot.looks) })}</strong>{' '}
            {t('could-not', { owner })}
          </Text>
        </div>
      )}
      <Lines
        lines={view.reasons}
        caption={t('reasons')}
        head={t('reason')}
        name={name}
        marked={(line) => line === couldNot}
      />
      <Text size="xs" c="dimmed" mt={6}>
        {t('reasons-method')} {t('snapshot', { snapshot: view.snapshot })}{' '}
        <MethodLink anchor="share" about={t('reasons')} />
      </Text>
    </Paper>
  )
}

function Extras({ view, content }: { view: View; content: Standard }) {
  const { t } = useTexts()
  const say = useDeviationWords(content)
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      component="section"
      aria-labelledby="extras"
      data-snapshot={view.snapshot}
    >
      <Title order={3} size="h4" id="extras">
        {t('extras')}
      </Title>
      <Text size="sm" mb={view.extras.length > 0 ? 'xs' : 0}>
        {t(view.extras.length > 0 ? 'extras-lead' : 'extras-none')}
      </Text>
      {view.extras.length > 0 && (
        <>
          <Lines lines={view.extras} caption={t('extras')} head={t('extra')} name={say.extra} />
          <Text size="xs" c="dimmed" mt={6}>
            {t('extras-method')} {t('snapshot', { snapshot: view.snapshot })}{' '}
            <MethodLink anchor="share" about={t('extras')} />
          </Text>
        </>
      )}
    </Paper>
  )
}
