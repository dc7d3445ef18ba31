// A Pareto chart: what was counted as bars, the largest first, with the part that it and all before
// make up as a line. Bars lie on their side, because what they count has long names. Pure.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

export interface ParetoBar {
  name: string
  count: number
  /** Parts of this bar and all before it, 0..1. */
  cumulative: number
  /** What is said of it. */
  words: string
}

export interface ParetoChart {
  bars: ParetoBar[]
  write: (count: number) => string
  percent: (part: number) => string
}

/** Height of one bar with its room. */
export const PARETO_ROW = 38

export function paretoOption(chart: ParetoChart, t: ChartTheme): EChartsOption {
  const { bars } = chart
  const longest = Math.max(0, ...bars.map(({ name }) => t.measure?.(name, 12, 400) ?? 120))
  // On a phone a name stands over its bar, not beside it.
  const names = t.narrow ? 0 : Math.min(260, longest + 12)
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const row = t.narrow ? 22 : 20
  const bar: CustomSeriesRenderItem = (params, api) => {
    const at = params.dataIndex
    const [x, y] = api.coord([bars[at].count, at])
    const [zero] = api.coord([0, at])
    const top = t.narrow ? y - 2 : y - row / 2
    return {
      type: 'group',
      children: [
        {
          type: 'rect',
          shape: {
            x: zero,
            y: top,
            width: Math.max(1, x - zero),
            height: t.narrow ? 14 : row,
            r: 3,
          },
          style: { fill: t.orange, opacity: 0.85 },
        },
        {
          type: 'text',
          style: {
            text: chart.write(bars[at].count),
            x: x + 6,
            y: top + (t.narrow ? 7 : row / 2),
            fill: t.ink,
            fontSize: 12,
            verticalAlign: 'middle',
          },
        },
        ...(t.narrow
          ? [
              {
                type: 'text' as const,
                style: {
                  text: bars[at].name,
                  x: zero,
                  y: top - 9,
                  fill: t.ink,
                  fontSize: 12,
                  verticalAlign: 'middle' as const,
                  width: (t.width ?? 320) - 40,
                  overflow: 'truncate' as const,
                },
              },
            ]
          : []),
      ],
    }
  }
  return {
    ...base(t),
    grid: { left: names + 12, right: t.narrow ? 30 : 64, top: 30, bottom: 8 },
    tooltip: {
      ...tooltip(t),
      trigger: 'axis',
      formatter: (params) => {
        const [first] = params as { dataIndex: number }[]
        return escaped(bars[first.dataIndex]?.words ?? '')
      },
    },
    xAxis: [
      { type: 'value', min: 0, max: most * 1.25, show: false },
      {
        type: 'value',
        min: 0,
        max: 1,
        ...axis(t),
        position: 'top',
        splitLine: { show: false },
        interval: 0.5,
        axisLabel: {
          color: t.muted,
          fontSize: 11,
          formatter: (part: number) => chart.percent(part),
        },
      },
    ],
    yAxis: {
      type: 'category',
      inverse: true,
      data: bars.map(({ name }) => name),
      ...axis(t),
      axisLine: { show: false },
      axisLabel: {
        show: !t.narrow,
        color: t.ink,
        width: names,
        overflow: 'break',
        lineHeight: 14,
        interval: 0,
      },
    },
    series: [
      {
        type: 'custom',
        renderItem: bar,
        z: 1,
        data: bars.map(({ count }, at) => [count, at]),
      },
      {
        type: 'line',
        xAxisIndex: 1,
        z: 3,
        data: bars.map(({ cumulative }, at) => [cumulative, at]),
        // Left to itself ECharts thins points, and one would vanish.
        showAllSymbol: true,
        symbol: 'circle',
        symbolSize: 7,
        lineStyle: { color: t.blue, width: 1.6 },
        itemStyle: { color: t.surface, borderColor: t.blue, borderWidth: 2 },
      },
    ],
  }
}
