// One indicator over periods: a line with its interval as a band and the target as a
// dashed line. Periods without a number are gaps.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, type ChartTheme } from './theme'

export interface TrendPoint {
  label: string
  value: number | null
  lower: number | null
  upper: number | null
}

export interface TrendChart {
  points: TrendPoint[]
  target: number | null
  write: (value: number) => string
  /** A chart of some 60 pixels: no axes, only the shape. */
  small?: boolean
}

export function trendOption(chart: TrendChart, t: ChartTheme): EChartsOption {
  const shown = chart.points.flatMap((p) =>
    p.value === null ? [] : [p.value, p.lower ?? p.value, p.upper ?? p.value],
  )
  if (chart.target !== null) shown.push(chart.target)
  const [low, high] = shown.length ? [Math.min(...shown), Math.max(...shown)] : [0, 1]
  const room = (high - low || Math.abs(high) || 1) * 0.12
  const whisker: CustomSeriesRenderItem = (params, api) => {
    const point = chart.points[params.dataIndex]
    if (point.lower === null || point.upper === null) return null
    const from = api.coord([params.dataIndex, point.lower])
    const to = api.coord([params.dataIndex, point.upper])
    return {
      type: 'line',
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: t.blue, opacity: 0.35, lineWidth: chart.small ? 5 : 7, lineCap: 'round' },
    }
  }
  return {
    ...base(t),
    grid: chart.small
      ? { left: 4, right: 6, top: 6, bottom: 4 }
      : { left: 48, right: 18, top: 16, bottom: 28 },
    tooltip: {
      trigger: 'axis',
      confine: true,
      backgroundColor: t.surface,
      borderColor: t.muted,
      textStyle: { color: t.ink },
      formatter: (params) => {
        const point = chart.points[(params as { dataIndex: number }[])[0].dataIndex]
        if (point.value === null) return point.label
        const range =
          point.lower === null || point.upper === null
            ? ''
            : ` (${chart.write(point.lower)} – ${chart.write(point.upper)})`
        return `${point.label}<br><b>${chart.write(point.value)}</b>${range}`
      },
    },
    xAxis: {
      type: 'category',
      data: chart.points.map((p) => p.label),
      ...axis(t),
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
      axisLabel: { color: t.muted, formatter: (value: number) => chart.write(value), showMinLabel: false, showMaxLabel: false },
    },
    series: [
      {
        type: 'custom',
        renderItem: whisker,
        silent: true,
        data: chart.points.map((_, at) => at),
      },
      {
        type: 'line',
        data: chart.points.map((p) => p.value),
        connectNulls: false,
        showAllSymbol: true,
        symbol: 'circle',
        symbolSize: chart.small ? 4 : 7,
        lineStyle: { color: t.blue, width: 2 },
        itemStyle: { color: t.blue },
        markLine:
          chart.target === null
            ? undefined
            : {
                symbol: 'none',
                silent: true,
                animation: false,
                lineStyle: { color: t.muted, type: 'dashed' },
                label: { show: false },
                data: [{ yAxis: chart.target }],
              },
      },
    ],
  }
}
