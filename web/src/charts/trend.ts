// One indicator over periods: a line with its interval as a band and the target as a
// dashed line. Periods without a number are gaps; a lone period keeps its interval as a bar.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

export interface TrendPoint {
  label: string
  value: number | null
  lower: number | null
  upper: number | null
  /** What is said of it: "+26, 24 to 28, n = 8,762", or why there is no number. */
  words: string
}

export interface TrendChart {
  points: TrendPoint[]
  target: number | null
  write: (value: number) => string
  /** Which period the page is about, if not the last. */
  at?: number
  /** A chart of some 60 pixels: no axes, only the shape. */
  small?: boolean
}

export function trendOption(chart: TrendChart, t: ChartTheme): EChartsOption {
  const { points, target } = chart
  const shown = points.flatMap((p) =>
    p.value === null ? [] : [p.value, p.lower ?? p.value, p.upper ?? p.value],
  )
  if (target !== null) shown.push(target)
  const [low, high] = shown.length ? [Math.min(...shown), Math.max(...shown)] : [0, 1]
  const room = (high - low || Math.abs(high) || 1) * 0.14
  const held = (at: number) => points[at]?.lower != null && points[at]?.upper != null
  // One polygon from each period to the next, so that gaps stay gaps.
  const band: CustomSeriesRenderItem = (params, api) => {
    const at = params.dataIndex
    if (!held(at)) return null
    const here = points[at]
    const top = api.coord([at, here.upper as number])
    const bottom = api.coord([at, here.lower as number])
    if (held(at + 1)) {
      const next = points[at + 1]
      return {
        type: 'polygon',
        shape: {
          points: [
            top,
            api.coord([at + 1, next.upper as number]),
            api.coord([at + 1, next.lower as number]),
            bottom,
          ],
        },
        style: { fill: t.blue, opacity: 0.18 },
      }
    }
    if (held(at - 1)) return null
    return {
      type: 'line',
      shape: { x1: top[0], y1: top[1], x2: bottom[0], y2: bottom[1] },
      style: { stroke: t.blue, opacity: 0.3, lineWidth: chart.small ? 5 : 7, lineCap: 'round' },
    }
  }
  const marked = chart.at ?? points.length - 1
  return {
    ...base(t),
    grid: chart.small
      ? { left: 5, right: 7, top: 6, bottom: 6 }
      : { left: 50, right: 18, top: 16, bottom: 28 },
    tooltip: {
      ...tooltip(t),
      trigger: 'axis',
      formatter: (params) => {
        const point = points[(params as { dataIndex: number }[])[0].dataIndex]
        return `<b>${escaped(point.label)}</b><br>${escaped(point.words)}`
      },
    },
    xAxis: {
      type: 'category',
      data: points.map((p) => p.label),
      ...axis(t),
      boundaryGap: !chart.small,
      show: !chart.small,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low - room,
      max: high + room,
      ...axis(t),
      show: !chart.small,
      axisLine: { show: false },
      axisLabel: {
        color: t.muted,
        formatter: (value: number) => chart.write(value),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    series: [
      {
        type: 'custom',
        renderItem: band,
        silent: true,
        data: points.map((_, at) => [at, points[at].value]),
      },
      {
        type: 'line',
        data: points.map((p, at) => ({
          value: p.value,
          symbolSize: at === marked ? (chart.small ? 8 : 10) : chart.small ? 3.5 : 6,
        })),
        connectNulls: false,
        // Left to itself ECharts thins points on a narrow chart, and one would vanish.
        showAllSymbol: true,
        symbol: 'circle',
        lineStyle: { color: t.blue, width: 2 },
        itemStyle: { color: t.blue },
        markLine:
          target === null
            ? undefined
            : {
                symbol: 'none',
                silent: true,
                animation: false,
                lineStyle: { color: t.muted, type: 'dashed', width: 1 },
                label: { show: false },
                data: [{ yAxis: target }],
              },
      },
    ],
  }
}
