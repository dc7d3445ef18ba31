// A control chart: points, the centre line and the limits of each segment, signals flagged by
// shape as well as colour, versions of the standard as labelled lines, the target dashed.
// Pure: the pages draw it in a browser, Rust draws the same for the command line and mail.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

export type ControlMeaning = 'better' | 'worse' | 'change'

export interface ControlChartPoint {
  label: string
  value: number | null
  centre: number | null
  lower: number | null
  upper: number | null
  /** Place of its segment; lines stop where one ends. */
  segment: number
  /** Where a rule flags it. */
  meaning: ControlMeaning | null
  /** What is said of it: "91.2 %, n = 412, beyond the lower limit". */
  words: string
}

export interface ControlChart {
  points: ControlChartPoint[]
  /** A version or baseline that begins at a point. */
  marks: { at: number; label: string; rebases: boolean }[]
  target: number | null
  targetLabel: string
  centreLabel: string
  limitsLabel: string
  write: (value: number) => string
}

// Drawn in a box of 20 × 20: triangles for the side, a diamond where neither is better.
const UP = 'path://M1,18 L19,18 L10,1 Z'
const DOWN = 'path://M1,2 L19,2 L10,19 Z'

/** The shape of a flagged point; the legend and the figure read the same table. */
export const CONTROL_SYMBOLS: Record<ControlMeaning, string> = {
  better: UP,
  worse: DOWN,
  change: 'diamond',
}

export function controlColour(meaning: ControlMeaning, t: ChartTheme): string {
  switch (meaning) {
    case 'better':
      return t.blue
    case 'worse':
      return t.orange
    case 'change':
      return t.purple
  }
}

type Line = 'centre' | 'lower' | 'upper'

/** The axis: everything that is drawn, with some room. */
export function controlExtent(chart: ControlChart): [number, number] {
  const drawn = chart.points.flatMap((p) =>
    [p.value, p.centre, p.lower, p.upper].filter((v): v is number => v !== null),
  )
  if (chart.target !== null && drawn.length) drawn.push(chart.target)
  const [low, high] = drawn.length ? [Math.min(...drawn), Math.max(...drawn)] : [0, 1]
  const room = (high - low || Math.abs(high) || 1) * 0.1
  return [low - room, high + room]
}

/** Half a step to the left and right of each point, so that a segment of one has lines too. */
function steps(points: ControlChartPoint[], line: Line): CustomSeriesRenderItem {
  return (params, api) => {
    const at = params.dataIndex
    const value = points[at][line]
    if (value === null) return null
    const half = ((api.size?.([1, 0]) as number[])[0] ?? 0) / 2
    const [x, y] = api.coord([at, value])
    const next = points[at + 1]
    const joined = next && next.segment === points[at].segment && next[line] !== null
    const shape = [
      [x - half, y],
      [x + half, y],
    ]
    // Limits move with n: a riser joins one step to the next within a segment.
    if (joined) shape.push([x + half, api.coord([at + 1, next[line] as number])[1]])
    return {
      type: 'polyline',
      shape: { points: shape },
      style: { ...api.style(), fill: 'none' },
    }
  }
}

export function controlOption(chart: ControlChart, t: ChartTheme): EChartsOption {
  const { points } = chart
  const [min, max] = controlExtent(chart)
  const line = (name: Line, colour: string, width: number, dash?: number[]) => ({
    type: 'custom' as const,
    renderItem: ((params, api) => {
      const drawn = steps(points, name)(params, api)
      if (!drawn) return drawn
      return {
        ...drawn,
        style: { stroke: colour, lineWidth: width, lineDash: dash, fill: 'none' },
      } as typeof drawn
    }) as CustomSeriesRenderItem,
    silent: true,
    clip: true,
    z: 1,
    data: points.map((p, at) => [at, p[name]]),
  })
  const last = [...points].reverse().find((p) => p.centre !== null)
  const named = !t.narrow && last
  const tags: { yAxis: number; label: { formatter: string; color: string } }[] = []
  if (named) {
    const tag = (value: number | null, text: string, color: string) => {
      if (value !== null) tags.push({ yAxis: value, label: { formatter: text, color } })
    }
    tag(last.centre, `${chart.centreLabel} ${chart.write(last.centre as number)}`, t.ink)
    tag(last.upper, last.upper === null ? '' : chart.write(last.upper), t.muted)
    tag(last.lower, last.lower === null ? '' : chart.write(last.lower), t.muted)
  }
  const marks = chart.marks.map((mark, order) => ({
    // Between two points, where nothing is.
    xAxis: mark.at - 0.5,
    lineStyle: { color: t.muted, type: mark.rebases ? ('solid' as const) : ('dotted' as const) },
    label: {
      formatter: mark.label,
      color: t.muted,
      position: 'end' as const,
      align: 'left' as const,
      // Neighbours never lie over each other.
      padding: [0, 0, (order % 2) * 14, 4] as [number, number, number, number],
      fontSize: 11,
    },
  }))
  const target =
    chart.target === null
      ? []
      : [
          {
            yAxis: chart.target,
            lineStyle: { color: t.green, type: 'dashed' as const },
            label: {
              show: !t.narrow,
              position: 'insideStartTop' as const,
              formatter: chart.targetLabel,
              color: t.green,
              fontSize: 11,
            },
          },
        ]
  return {
    ...base(t),
    grid: {
      left: t.narrow ? 58 : 62,
      right: t.narrow ? 12 : 112,
      top: chart.marks.length ? 40 : 18,
      bottom: 30,
    },
    tooltip: {
      ...tooltip(t),
      trigger: 'axis',
      formatter: (params) => {
        const [first] = params as { dataIndex: number }[]
        const point = points[first.dataIndex]
        return `<b>${escaped(point.label)}</b><br>${escaped(point.words)}`
      },
    },
    xAxis: [
      {
        type: 'category',
        data: points.map((p) => p.label),
        ...axis(t),
        splitLine: { show: false },
      },
      // The same points as numbers, so that a version's line stands between two of them.
      {
        type: 'value',
        min: -0.5,
        max: Math.max(points.length - 0.5, 0.5),
        show: false,
        splitLine: { show: false },
      },
    ],
    yAxis: {
      type: 'value',
      min,
      max,
      ...axis(t),
      splitLine: { show: false },
      axisLabel: {
        color: t.muted,
        formatter: (value: number) => chart.write(value),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    series: [
      line('lower', t.muted, 1.5, [6, 4]),
      line('upper', t.muted, 1.5, [6, 4]),
      line('centre', t.ink, 1.5),
      {
        type: 'line',
        z: 3,
        data: points.map((p) => ({
          value: p.value,
          symbol: p.meaning ? CONTROL_SYMBOLS[p.meaning] : 'circle',
          symbolSize: p.meaning ? (t.narrow ? 11 : 13) : t.narrow ? 5 : 7,
          itemStyle: {
            color: p.meaning ? controlColour(p.meaning, t) : t.surface,
            borderColor: p.meaning ? controlColour(p.meaning, t) : t.muted,
            borderWidth: p.meaning ? 1 : 1.5,
          },
        })),
        connectNulls: false,
        // Left to itself ECharts thins points on a narrow chart, and a flagged one would vanish.
        showAllSymbol: true,
        symbol: 'circle',
        lineStyle: { color: t.muted, width: 1.2 },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { width: 1 },
          data: [
            ...target,
            ...tags.map((tag) => ({
              ...tag,
              lineStyle: { color: 'transparent' },
              label: { ...tag.label, position: 'end' as const, fontSize: 11 },
            })),
          ],
        },
      },
      {
        // Carries the lines of versions on the axis of numbers; has no points of its own.
        type: 'line',
        xAxisIndex: 1,
        data: [],
        silent: true,
        markLine: { symbol: 'none', silent: true, animation: false, data: marks },
      },
    ],
  }
}
