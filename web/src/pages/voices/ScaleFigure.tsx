// One set of questions: how well they hang together, and whether its mean may be reported by
// unit. Each figure beside the least that is asked of it.
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { count, decimal } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { reasonKey } from '../overview/Estimate'

const GATE_NAMES: Record<string, string> = {
  icc1: 'ICC(1)',
  icc2: 'ICC(2)',
  rwg: 'rwg',
}

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
  const { gate } = scale.units
  const drawn = useMemo(() => {
    const write = (value: number) => decimal(language, value).replace('+', '')
    const row = (name: string, found: Schemas['Estimated'], mark?: number) => {
      const shown = found.status === 'estimate' ? found : null
      const range = shown?.interval
        ? t('range', { lower: write(shown.interval.lower), upper: write(shown.interval.upper) })
        : found.status === 'hidden'
          ? t('hidden', { minimum: found.reason.minimum_n })
          : t(
              reasonKey(
                found.status === 'undefined' ? found.reason.reason : found.interval_reason?.reason,
              ),
            )
      const n = shown ? count(language, shown.n) : ''
      const least = mark === undefined ? '' : t('trust-least', { value: write(mark) })
      return {
        name,
        mark,
        value: shown?.value ?? null,
        lower: shown?.interval?.lower ?? null,
        upper: shown?.interval?.upper ?? null,
        note: shown ? undefined : range,
        words: [
          `${name}: ${shown ? `${write(shown.value)} (${range}), ${t('n', { n })}` : range}`,
          least,
        ]
          .filter(Boolean)
          .join('. '),
        cells: [
          name,
          shown ? write(shown.value) : '–',
          range,
          n,
          mark === undefined ? '' : write(mark),
        ],
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
    // t changes with the language alone.
  }, [scale, language])
  const list = new Intl.ListFormat(language)
  const names = (words: string[]) => list.format(words.map((word) => GATE_NAMES[word] ?? word))
  const verdict = t(`trust-gate-${gate.verdict}`, {
    unit,
    units: scale.units.units,
    failed: names(gate.failed),
    missing: names(gate.missing),
  })
  const questions = list.format(scale.items.map(({ item }) => `“${named(item.title)}”`))
  return (
    <ChartFigure
      title={
        scale.title ? named(scale.title) : t('trust-together', { instrument: named(view.of.title) })
      }
      finding={`${verdict} ${t('trust-questions', { questions })}`}
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
        rows: drawn.rows.map((row) => row.cells),
      }}
    />
  )
}
