// Groups beside each other: one point with its interval a row, in a fixed order, the first
// on top. A group without a number keeps its row, with the reason in words.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

export interface GroupRow {
  name: string
  value: number | null
  lower: number | null
  upper: number | null
  words: string
  /** Stands in the row where there is no number. */
  note?: string
}

export interface GroupsChart {
  rows: GroupRow[]
  target: number | null
  write: (value: number) => string
}

export function groupsOption(chart: GroupsChart, t: ChartTheme): EChartsOption {
  const { rows, target } = chart
  const shown = rows.flatMap((row) =>
    row.value === null ? [] : [row.value, row.lower ?? row.value, row.upper ?? row.value],
  )
  if (target !== null) shown.push(target)
  const [low, high] = shown.length ? [Math.min(...shown), Math.max(...shown)] : [0, 1]
  const room = (high - low || 1) * 0.12
  const bar: CustomSeriesRenderItem = (params, api) => {
    const row = rows[params.dataIndex]
    if (row.value === null) {
      const place = api.coord([(low + high) / 2, params.dataIndex])
      return {
        type: 'text',
        style: {
          text: row.note ?? '',
          x: place[0],
          y: place[1],
          fill: t.muted,
          fontSize: 12,
          align: 'center',
          verticalAlign: 'middle',
        },
      }
    }
    if (row.lower === null || row.upper === null) return null
    const from = api.coord([row.lower, params.dataIndex])
    const to = api.coord([row.upper, params.dataIndex])
    return {
      type: 'line',
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: t.blue, opacity: 0.3, lineWidth: 8, lineCap: 'round' },
    }
  }
  return {
    ...base(t),
    grid: { left: t.narrow ? 104 : 156, right: 20, top: 8, bottom: 28 },
    tooltip: {
      ...tooltip(t),
      trigger: 'item',
      formatter: (params) =>
        escaped(rows[(params as { dataIndex: number }).dataIndex]?.words ?? ''),
    },
    xAxis: {
      type: 'value',
      min: low - room,
      max: high + room,
      ...axis(t),
      axisLabel: {
        color: t.muted,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => chart.write(value),
      },
    },
    yAxis: {
      type: 'category',
      data: rows.map((row) => row.name),
      // Category axes count from below; so the order of rows stays that of the data.
      inverse: true,
      ...axis(t),
      axisLine: { show: false },
      axisLabel: { color: t.ink, width: t.narrow ? 94 : 144, overflow: 'break', lineHeight: 14 },
    },
    series: [
      {
        type: 'custom',
        renderItem: bar,
        silent: true,
        data: rows.map((row, at) => [row.value ?? (low + high) / 2, at]),
      },
      {
        type: 'scatter',
        symbolSize: 13,
        itemStyle: { color: t.blue, borderColor: t.surface, borderWidth: 1.5, opacity: 1 },
        data: rows.map((row, at) => [row.value ?? NaN, at]),
        markLine:
          target === null
            ? undefined
            : {
                symbol: 'none',
                silent: true,
                animation: false,
                lineStyle: { color: t.muted, type: 'dashed', width: 1 },
                label: { show: false },
                data: [{ xAxis: target }],
              },
      },
    ],
  }
}
