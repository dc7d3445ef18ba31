// Units as points with both intervals, the organisation's targets as cut lines. A unit is
// coloured only when it is placed; an undecided one stays pale. Nothing is ranked.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, type ChartTheme } from './theme'

export interface AlignmentPoint {
  id: string
  name: string
  x: [value: number, lower: number, upper: number]
  y: [value: number, lower: number, upper: number]
  placed: 'both' | 'customers_only' | 'employees_only' | 'neither' | 'undecided'
  /** What the tooltip says, line by line. */
  words: string[]
}

export interface AlignmentChart {
  points: AlignmentPoint[]
  cutX: number | null
  cutY: number | null
  nameX: string
  nameY: string
  quadrants: Record<'both' | 'customers_only' | 'employees_only' | 'neither', string>
  selected?: string
}

function colour(point: AlignmentPoint, t: ChartTheme): string {
  switch (point.placed) {
    case 'both':
      return t.blue
    case 'neither':
    case 'customers_only':
    case 'employees_only':
      return t.orange
    case 'undecided':
      return t.muted
  }
}

/** A little room around all intervals, on round numbers. */
export function extent(points: [number, number, number][], cut: number | null): [number, number] {
  const low = Math.min(...points.map((p) => p[1]), cut ?? Infinity)
  const high = Math.max(...points.map((p) => p[2]), cut ?? -Infinity)
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-9))) / 2
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step]
}

export function alignmentOption(chart: AlignmentChart, t: ChartTheme): EChartsOption {
  const [x0, x1] = extent(
    chart.points.map((p) => p.x),
    chart.cutX,
  )
  const [y0, y1] = extent(
    chart.points.map((p) => p.y),
    chart.cutY,
  )
  const cross: CustomSeriesRenderItem = (params, api) => {
    const point = chart.points[params.dataIndex]
    const strong = point.placed !== 'undecided' || point.id === chart.selected
    const line = (from: number[], to: number[]) => ({
      type: 'line' as const,
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: colour(point, t), opacity: strong ? 0.75 : 0.22, lineWidth: 1.4 },
    })
    return {
      type: 'group',
      children: [
        line(api.coord([point.x[1], point.y[0]]), api.coord([point.x[2], point.y[0]])),
        line(api.coord([point.x[0], point.y[1]]), api.coord([point.x[0], point.y[2]])),
      ],
    }
  }
  const corner = (
    name: keyof AlignmentChart['quadrants'],
    from: number[],
    to: number[],
    position: 'insideTopLeft' | 'insideTopRight' | 'insideBottomLeft' | 'insideBottomRight',
    tint: string,
  ) =>
    [
      {
        name: chart.quadrants[name],
        coord: from,
        itemStyle: { color: tint, opacity: 0.07 },
        label: { show: !t.narrow, position, color: t.muted, fontSize: 12, distance: 6 },
      },
      { coord: to },
    ] as [object, object]
  const cuts = [
    ...(chart.cutX === null ? [] : [{ xAxis: chart.cutX }]),
    ...(chart.cutY === null ? [] : [{ yAxis: chart.cutY }]),
  ]
  const areas =
    chart.cutX === null || chart.cutY === null
      ? []
      : [
          corner('employees_only', [x0, y1], [chart.cutX, chart.cutY], 'insideTopLeft', t.orange),
          corner('both', [x1, y1], [chart.cutX, chart.cutY], 'insideTopRight', t.blue),
          corner('neither', [x0, y0], [chart.cutX, chart.cutY], 'insideBottomLeft', t.orange),
          corner('customers_only', [x1, y0], [chart.cutX, chart.cutY], 'insideBottomRight', t.orange),
        ]
  const data = chart.points.map((p) => [p.x[0], p.y[0], p.x[1], p.x[2], p.y[1], p.y[2]])
  return {
    ...base(t),
    grid: { left: 58, right: 18, top: 14, bottom: 50 },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: t.surface,
      borderColor: t.muted,
      textStyle: { color: t.ink },
      formatter: (params) => {
        const words = chart.points[(params as { dataIndex: number }).dataIndex]?.words ?? []
        return words.map((line, at) => (at === 0 ? `<b>${line}</b>` : line)).join('<br>')
      },
    },
    xAxis: {
      type: 'value',
      name: chart.nameX,
      nameLocation: 'middle',
      nameGap: 30,
      min: x0,
      max: x1,
      ...axis(t),
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: t.narrow ? undefined : chart.nameY,
      nameLocation: 'middle',
      nameGap: 40,
      min: y0,
      max: y1,
      ...axis(t),
      splitLine: { show: false },
    },
    series: [
      { type: 'custom', renderItem: cross, data, silent: true, encode: { x: [0, 2, 3], y: [1, 4, 5] }, clip: true },
      {
        type: 'scatter',
        cursor: 'pointer',
        data: chart.points.map((point) => ({
          name: point.name,
          value: [point.x[0], point.y[0]],
          symbolSize: point.id === chart.selected ? 17 : point.placed === 'undecided' ? 9 : 13,
          itemStyle: {
            color: point.placed === 'undecided' ? t.surface : colour(point, t),
            borderColor: point.placed === 'undecided' ? t.muted : t.surface,
            borderWidth: 1.5,
            opacity: 1,
          },
          label: {
            show: point.placed !== 'undecided' || point.id === chart.selected,
            formatter: '{b}',
            position: 'top',
            distance: 7,
            color: t.ink,
            fontSize: 11.5,
            fontWeight: 600,
            textBorderColor: t.surface,
            textBorderWidth: 3,
          },
        })),
        labelLayout: { hideOverlap: true },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { color: t.ink, type: 'dashed', width: 1.2, opacity: 0.8 },
          label: { show: false },
          data: cuts,
        },
        markArea: { silent: true, data: areas },
      },
    ],
  }
}
