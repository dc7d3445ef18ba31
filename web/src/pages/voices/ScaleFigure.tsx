// One set of questions: how well they hang together, and whether its mean may be reported by
// unit. Each figure beside the least that is asked of it.
import { Paper, Text, Title } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { useTexts } from '../../text/LanguageProvider'
import { useCoefficient, useGateWords, useUnsigned } from './useCoefficient'

export function ScaleFigure({
  scale,
  unit,
  view,
}: {
  scale: Schemas['ScaleReliability']
  unit: string
  view: Schemas['ReliabilityView']
}) {
  const { t, named, language } = useTexts()
  const told = useCoefficient()
  const write = useUnsigned()
  const verdict = useGateWords()
  const { gate } = scale.units
  const drawn = useMemo(() => {
    const row = (name: string, found: Schemas['Estimated'], mark?: number) => {
      const shown = found.status === 'estimate' ? found : null
      // What omega has too few of are questions.
      const few =
        found === scale.omega && found.status === 'undefined' && found.reason.reason === 'too_few'
      const words = told(found)
      const { value, n } = words
      const [range, all] = few
        ? [t('trust-few-questions'), t('trust-few-questions')]
        : [words.range, words.all]
      const least = mark === undefined ? '' : t('trust-least', { value: write(mark) })
      return {
        name,
        mark,
        value: shown?.value ?? null,
        lower: shown?.interval?.lower ?? null,
        upper: shown?.interval?.upper ?? null,
        note: shown ? undefined : range,
        words: [`${name}: ${all}`, least].filter(Boolean).join('. '),
        cells: [name, value, range, n, mark === undefined ? '' : write(mark)],
      }
    }
    const rows = [
      row(t('trust-alpha'), scale.alpha),
      row(t('trust-omega'), scale.omega),
      row(t('trust-icc1'), scale.units.icc1, gate.icc1_min),
      row(t('trust-icc2'), scale.units.icc2, gate.icc2_min),
      row(t('trust-rwg'), scale.units.rwg_median, gate.rwg_min),
    ]
    const low = Math.min(0, ...rows.flatMap((one) => one.lower ?? one.value ?? []))
    return {
      rows,
      option: (theme: ChartTheme) =>
        groupsOption(
          { rows, target: null, write, names: 210, ends: [Math.floor(low * 4) / 4, 1] },
          theme,
        ),
    }
    // t, told and write change with the language alone.
  }, [scale, language])
  const list = new Intl.ListFormat(language)
  const questions = list.format(scale.items.map(({ item }) => `“${named(item.title)}”`))
  const title = scale.title
    ? named(scale.title)
    : t('trust-together', { instrument: named(view.of.title) })
  const why = new Set(drawn.rows.map(({ note }) => note))
  // Nothing to draw, and one reason for all of it.
  if (why.size === 1 && drawn.rows[0].note) {
    return (
      <Paper className="paper" withBorder p="md" component="section" aria-label={title}>
        <Title order={3} size="h4" mb={4}>
          {title}
        </Title>
        <Text size="sm">{drawn.rows[0].note}.</Text>
        <Text size="sm">{t('trust-questions', { questions })}</Text>
        <Text size="xs" c="dimmed" mt={6}>
          {t('snapshot', { snapshot: view.snapshot })}
        </Text>
      </Paper>
    )
  }
  return (
    <ChartFigure
      title={title}
      finding={`${verdict(scale.units, unit)} ${t('trust-questions', { questions })}`}
      method={t('trust-method', { unit })}
      anchor="reliability"
      snapshot={view.snapshot}
      height={drawn.rows.length * 38 + 36}
      narrowHeight={drawn.rows.length * 56 + 36}
      focusSeries={1}
      option={drawn.option}
      spoken={drawn.rows.map((row) => row.words)}
      table={{
        head: [t('figure'), t('value'), t('interval'), 'n', t('least')],
        columns: ['name', 'value', 'interval', 'n', 'given'],
        rows: drawn.rows.map((row) => row.cells),
      }}
    />
  )
}
