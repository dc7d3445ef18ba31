// Groups beside each other: one point with its interval a row, in a fixed order, the first
// on top. A group without a number keeps its row, with the reason in words.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, font, tooltip, type ChartTheme } from './theme'

export interface GroupRow {
  name: string
  value: number | null
  lower: number | null
  upper: number | null
  words: string
  /** Stands in the row where there is no number. */
  note?: string
  /** What this row should reach: a short upright line. */
  mark?: number
}

export interface GroupsChart {
  rows: GroupRow[]
  target: number | null
  write: (value: number) => string
  /** Room for the names of rows, in pixels, where the picture is wide. */
  names?: number
  /** Ends of the axis; by themselves they leave room around all intervals. */
  ends?: [low: number, high: number]
}

export function groupsOption(chart: GroupsChart, t: ChartTheme): EChartsOption {
  const { rows, target } = chart
  const shown = rows.flatMap((row) =>
    row.value === null ? [] : [row.value, row.lower ?? row.value, row.upper ?? row.value],
  )
  if (target !== null) shown.push(target)
  const [low, high] =
    chart.ends ?? (shown.length ? [Math.min(...shown), Math.max(...shown)] : [0, 1])
  const room = chart.ends ? 0 : (high - low || 1) * 0.12
  // On a phone as wide as the longest word, so that no word is broken.
  const words = rows.flatMap(({ name }) => name.split(/\s/))
  const longest = Math.max(0, ...words.map((word) => t.measure?.(word, 12, 400) ?? 0))
  const names = t.narrow ? Math.min(130, Math.max(94, longest + 4)) : (chart.names ?? 144)
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
          fontFamily: font,
          align: 'center',
          verticalAlign: 'middle',
          width: (t.width ?? 640) - names - 40,
          overflow: 'break',
          lineHeight: 14,
        },
      }
    }
    const held = row.lower !== null && row.upper !== null
    const from = api.coord([row.lower ?? row.value, params.dataIndex])
    const to = api.coord([row.upper ?? row.value, params.dataIndex])
    const mark = row.mark === undefined ? null : api.coord([row.mark, params.dataIndex])
    return {
      type: 'group',
      children: [
        ...(held
          ? [
              {
                type: 'line' as const,
                shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
                style: { stroke: t.blue, opacity: 0.3, lineWidth: 8, lineCap: 'round' as const },
              },
            ]
          : []),
        ...(mark
          ? [
              {
                type: 'line' as const,
                shape: { x1: mark[0], y1: mark[1] - 11, x2: mark[0], y2: mark[1] + 11 },
                style: { stroke: t.ink, lineWidth: 2 },
              },
            ]
          : []),
      ],
    }
  }
  return {
    ...base(t),
    grid: { left: names + (t.narrow ? 10 : 12), right: 20, top: 8, bottom: 28 },
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
        showMinLabel: Boolean(chart.ends),
        showMaxLabel: Boolean(chart.ends),
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
      axisLabel: { color: t.ink, width: names, overflow: 'break', lineHeight: 14 },
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
