// Groups beside each other: one point with its interval a row, in a fixed order.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, type ChartTheme } from './theme'

export interface GroupRow {
  name: string
  value: number | null
  lower: number | null
  upper: number | null
  words: string
}

export interface GroupsChart {
  rows: GroupRow[]
  target: number | null
  write: (value: number) => string
}

export function groupsOption(chart: GroupsChart, t: ChartTheme): EChartsOption {
  // Category axes count from below; the first group belongs on top.
  const rows = [...chart.rows].reverse()
  const bar: CustomSeriesRenderItem = (params, api) => {
    const row = rows[params.dataIndex]
    if (row.lower === null || row.upper === null) return null
    const from = api.coord([row.lower, params.dataIndex])
    const to = api.coord([row.upper, params.dataIndex])
    return {
      type: 'line',
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: t.blue, opacity: 0.4, lineWidth: 7, lineCap: 'round' },
    }
  }
  return {
    ...base(t),
    grid: { left: t.narrow ? 108 : 156, right: 24, top: 8, bottom: 28 },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: t.surface,
      borderColor: t.muted,
      textStyle: { color: t.ink },
      formatter: (params) => rows[(params as { dataIndex: number }).dataIndex]?.words ?? '',
    },
    xAxis: {
      type: 'value',
      scale: true,
      ...axis(t),
      axisLabel: { color: t.muted, hideOverlap: true, formatter: (value: number) => chart.write(value) },
    },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.name),
      ...axis(t),
      axisLine: { show: false },
      axisLabel: { color: t.ink, width: t.narrow ? 96 : 144, overflow: 'break', lineHeight: 14 },
    },
    series: [
      {
        type: 'custom',
        renderItem: bar,
        silent: true,
        encode: { x: [1, 2], y: 0 },
        data: rows.map((row, at) => [at, row.lower, row.upper]),
      },
      {
        type: 'scatter',
        symbolSize: 12,
        itemStyle: { color: t.blue, borderColor: t.surface, borderWidth: 1.5 },
        data: rows.map((row, at) => [row.value, at]),
        markLine:
          chart.target === null
            ? undefined
            : {
                symbol: 'none',
                silent: true,
                animation: false,
                lineStyle: { color: t.muted, type: 'dashed' },
                label: { show: false },
                data: [{ xAxis: chart.target }],
              },
      },
    ],
  }
}
