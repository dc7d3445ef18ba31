// The control chart without a page: what stands out, what is never thinned, where lines stop.
import { expect, test } from '@playwright/test'

import {
  CONTROL_SYMBOLS,
  controlExtent,
  controlOption,
  type ControlChart,
  type ControlChartPoint,
} from '../src/charts/control'
import { dark, light } from '../src/charts/theme'

const point = (at: number, more: Partial<ControlChartPoint> = {}): ControlChartPoint => ({
  label: `2026-${at}`,
  value: 0.9,
  centre: 0.91,
  lower: 0.86,
  upper: 0.96,
  segment: 0,
  meaning: null,
  words: '',
  ...more,
})

const chart = (points: ControlChartPoint[], more: Partial<ControlChart> = {}): ControlChart => ({
  points,
  marks: [],
  target: 0.95,
  targetLabel: 'target',
  centreLabel: 'centre',
  limitsLabel: 'limits',
  write: (value) => `${(value * 100).toFixed(1)} %`,
  ...more,
})

interface Line {
  type: string
  showAllSymbol?: boolean
  data: { symbol: string; itemStyle: { color: string } }[]
  markLine?: { data: { xAxis?: number; yAxis?: number; label?: { show?: boolean } }[] }
}
const values = (drawn: ControlChart, theme = light) => {
  const series = controlOption(drawn, theme).series as unknown as Line[]
  return { points: series[3], versions: series[4] }
}

test('a signal has a shape of its own, not only a colour', () => {
  const flags = ['better', 'worse', 'change'] as const
  const drawn = chart([point(1), ...flags.map((meaning, at) => point(at + 2, { meaning }))])
  const { data } = values(drawn).points
  expect(data.map((one) => one.symbol)).toEqual([
    'circle',
    ...flags.map((meaning) => CONTROL_SYMBOLS[meaning]),
  ])
  expect(new Set(data.map((one) => one.symbol)).size).toBe(4)
  const night = values(drawn, dark).points.data
  expect(night[2].itemStyle.color).not.toBe(data[2].itemStyle.color)
})

test('no point is thinned away on a phone, and the axis does not begin at nought', () => {
  const drawn = chart([point(1), point(2, { meaning: 'worse', value: 0.7 })])
  expect(values(drawn).points.showAllSymbol).toBe(true)
  const option = controlOption(drawn, { ...light, narrow: true })
  const axis = option.yAxis as { axisLine: { onZero: boolean }; min: number }
  expect(axis.axisLine.onZero).toBe(false)
  expect(axis.min).toBeGreaterThan(0.6)
  expect((option.grid as { right: number }).right).toBeLessThan(20)
})

test('everything that is drawn lies on the axis, the target too', () => {
  const [low, high] = controlExtent(chart([point(1, { lower: null, upper: 0.93 })]))
  expect(low).toBeLessThan(0.9)
  expect(high).toBeGreaterThan(0.95)
  expect(controlExtent(chart([], { target: null }))[0]).toBeLessThan(0)
})

test('a version is a line between two points', () => {
  const marks = [{ at: 1, label: 'version 2', rebases: true }]
  const { versions } = values(chart([point(1), point(2, { segment: 1 })], { marks }))
  expect(versions.markLine?.data[0].xAxis).toBe(0.5)
})
