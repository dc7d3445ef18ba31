// Standards against units: a cell for each pair, with a shape for what can be said. Units stand in
// the order of the tree, never by what they show. Pure.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { base, escaped, font, tooltip, type ChartTheme } from './theme'

export type HeatOutcome = 'met' | 'not_met' | 'undecided' | 'none'

export interface HeatCell {
  /** Places of the column and the row. */
  column: number
  row: number
  outcome: HeatOutcome
  /** Nothing is shown, to protect a small team. */
  hidden: boolean
  /** What is said of it. */
  words: string
}

export interface HeatChart {
  /** A letter for each standard. */
  columns: string[]
  rows: { name: string; group: string }[]
  cells: HeatCell[]
}

export const HEAT_ROW = 26
export const HEAT_TOP = 34
/** Between one group of units and the next. */
const GAP = 4

export function heatColour(outcome: HeatOutcome, t: ChartTheme): string {
  if (outcome === 'met') return t.blue
  return outcome === 'not_met' ? t.orange : t.muted
}

/** Around a middle, as in the legend (`Verdict.tsx`): a tick, a triangle, a ring, a dash. */
export function heatMark(outcome: HeatOutcome, x: number, y: number, colour: string) {
  const line = (points: number[][]) => ({
    type: 'polyline' as const,
    shape: { points: points.map(([dx, dy]) => [x + dx, y + dy]) },
    style: { stroke: colour, lineWidth: 2.2, fill: 'none', lineCap: 'round' as const },
  })
  switch (outcome) {
    case 'met':
      return line([
        [-4.5, 0.5],
        [-1.3, 3.7],
        [5, -3.5],
      ])
    case 'not_met':
      return {
        type: 'polygon' as const,
        shape: {
          points: [
            [x, y - 5],
            [x + 5.5, y + 4.5],
            [x - 5.5, y + 4.5],
          ],
        },
        style: { fill: colour },
      }
    case 'undecided':
      return {
        type: 'circle' as const,
        shape: { cx: x, cy: y, r: 4.2 },
        style: { stroke: colour, lineWidth: 1.8, fill: 'none' },
      }
    case 'none':
      return line([
        [-3, 0],
        [3, 0],
      ])
  }
}

export function heatOption(chart: HeatChart, t: ChartTheme): EChartsOption {
  const { columns, rows, cells } = chart
  const longest = Math.max(40, ...rows.map(({ name }) => t.measure?.(name, 12, 400) ?? 120))
  const names = Math.min(t.narrow ? Math.min(148, (t.width ?? 360) * 0.36) : 220, longest + 10)
  const cell: CustomSeriesRenderItem = (params, api) => {
    const one = cells[params.dataIndex]
    const [x, y] = api.coord([one.column, one.row])
    const [width, height] = api.size?.([1, 1]) as number[]
    const colour = heatColour(one.outcome, t)
    const starts = one.row > 0 && rows[one.row].group !== rows[one.row - 1].group
    const top = y - height / 2 + (starts ? GAP : 1)
    const bottom = y + height / 2 - 1
    const filled = one.outcome === 'met' || one.outcome === 'not_met'
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: {
            x: x - width / 2 + 1,
            y: top,
            width: Math.max(1, width - 2),
            height: Math.max(1, bottom - top),
            r: 3,
          },
          style: {
            fill: filled ? colour : t.grid,
            opacity: filled ? 0.2 : one.hidden ? 0.25 : 0.55,
          },
        },
        ...(one.hidden ? [] : [heatMark(one.outcome, x, (top + bottom) / 2, colour)]),
      ],
    }
  }
  return {
    ...base(t),
    grid: { left: names + 8, right: 6, top: HEAT_TOP, bottom: 4 },
    tooltip: {
      ...tooltip(t),
      trigger: 'item',
      formatter: (params) =>
        escaped(cells[(params as { dataIndex: number }).dataIndex]?.words ?? ''),
    },
    xAxis: {
      type: 'category',
      position: 'top',
      data: columns,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: t.ink, fontSize: t.narrow ? 11 : 13, fontWeight: 700, interval: 0 },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((_, at) => String(at)),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        color: t.ink,
        fontFamily: font,
        fontSize: 12,
        interval: 0,
        width: names,
        overflow: 'truncate',
        formatter: (at: string) => rows[Number(at)]?.name ?? '',
      },
    },
    series: [
      {
        type: 'custom',
        renderItem: cell,
        data: cells.map((one) => [one.column, one.row]),
      },
    ],
  }
}
