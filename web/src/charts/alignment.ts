// Units as points with both intervals, the organisation's targets as cut lines. A unit is
// filled only when it is placed; an undecided one stays pale. Nothing is ranked.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { DISTANCE, NAME_SIZE, placeNames, placing, type Box, type Mark } from './names'
import { colour, SYMBOLS, type Placed } from './placed'
import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

type Triple = [value: number, lower: number, upper: number]

export interface AlignmentPoint {
  id: string
  name: string
  x: Triple
  y: Triple
  placed: Placed
  /** What the tooltip says, line by line; the first is the unit's name. */
  words: string[]
}

export interface AlignmentChart {
  points: AlignmentPoint[]
  cutX: number | null
  cutY: number | null
  nameX: string
  nameY: string
  /** Ends of the scales; `null` where there is none. Axes never leave them. */
  scaleX: { min: number; max: number } | null
  scaleY: { min: number; max: number } | null
  quadrants: Record<'both' | 'customers_only' | 'employees_only' | 'neither', string>
  writeX: (value: number) => string
  writeY: (value: number) => string
  selected?: string
}

/** Round ends around all intervals, never outside the scale, and the distance of ticks. */
export function extent(
  points: Triple[],
  cut: number | null,
  scale: { min: number; max: number } | null,
): { min: number; max: number; interval: number } {
  const low = Math.min(...points.map((p) => p[1]), cut ?? Infinity)
  const high = Math.max(...points.map((p) => p[2]), cut ?? -Infinity)
  const [from, to] = high > low ? [low, high] : [scale?.min ?? 0, scale?.max ?? 1]
  const rough = (to - from) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const interval = power * ([1, 2, 5].find((step) => rough <= step * power) ?? 10)
  return {
    min: Math.max(Math.floor(from / interval) * interval, scale?.min ?? -Infinity),
    max: Math.min(Math.ceil(to / interval) * interval, scale?.max ?? Infinity),
    interval,
  }
}

const symbolSize = (point: AlignmentPoint, selected?: string) =>
  point.id === selected ? 18 : point.placed === 'undecided' ? 9 : 14

/** Which side each point's name stands on; `null` for a point without one. */
function nameSides(chart: AlignmentChart, t: ChartTheme, plot: Plot) {
  const { points, selected } = chart
  const { frame, wide, high } = plot
  const { across, down } = placing(frame, wide, high)
  const marks = points.map((point): Mark & { point: AlignmentPoint } => ({
    point,
    x: across(point.x[0]),
    y: down(point.y[0]),
    radius: symbolSize(point, selected) / 2,
    arms: {
      left: across(point.x[1]),
      right: across(point.x[2]),
      top: down(point.y[2]),
      bottom: down(point.y[1]),
    },
    name:
      point.id === selected || (point.placed !== 'undecided' && !t.narrow) ? point.name : undefined,
  }))
  // The chosen unit has its name before all others.
  marks.sort(
    (one, other) => Number(other.point.id === selected) - Number(one.point.id === selected),
  )
  const measured = t.measure && ((text: string) => t.measure?.(text, NAME_SIZE, 600) ?? 0)
  const sides = placeNames(marks, frame, t.narrow ? [] : corners(chart, t, frame), measured)
  return new Map(marks.map(({ point }, at) => [point.id, sides[at]]))
}

interface Plot {
  frame: Box
  wide: { min: number; max: number }
  high: { min: number; max: number }
}

/** Where the names of the four places are written. */
function corners({ quadrants }: AlignmentChart, t: ChartTheme, frame: Box): Box[] {
  const [tall, edge] = [18, 8]
  return Object.entries(quadrants).map(([place, text]) => {
    const width = (t.measure?.(text, 12, 400) ?? text.length * 8) + edge
    const right = place === 'both' || place === 'customers_only'
    const top = place === 'both' || place === 'employees_only'
    return {
      left: right ? frame.right - edge - width : frame.left,
      right: right ? frame.right : frame.left + edge + width,
      top: top ? frame.top : frame.bottom - edge - tall,
      bottom: top ? frame.top + edge + tall : frame.bottom,
    }
  })
}

export function alignmentOption(chart: AlignmentChart, t: ChartTheme): EChartsOption {
  const { points, cutX, cutY } = chart
  const wide = extent(
    points.map((p) => p.x),
    cutX,
    chart.scaleX,
  )
  const high = extent(
    points.map((p) => p.y),
    cutY,
    chart.scaleY,
  )
  const { min: x0, max: x1 } = wide
  const { min: y0, max: y1 } = high
  const strong = (point: AlignmentPoint) =>
    point.placed !== 'undecided' || point.id === chart.selected
  const cross: CustomSeriesRenderItem = (params, api) => {
    const point = points[params.dataIndex]
    const line = (from: number[], to: number[]) => ({
      type: 'line' as const,
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: {
        stroke: colour(point.placed, t),
        opacity: strong(point) ? 0.7 : 0.2,
        lineWidth: strong(point) ? 1.8 : 1.2,
      },
    })
    return {
      type: 'group',
      children: [
        line(api.coord([point.x[1], point.y[0]]), api.coord([point.x[2], point.y[0]])),
        line(api.coord([point.x[0], point.y[1]]), api.coord([point.x[0], point.y[2]])),
      ],
    }
  }
  const grid = { left: t.narrow ? 40 : 58, right: t.narrow ? 12 : 18, top: 30, bottom: 48 }
  const frame = {
    left: grid.left,
    right: (t.width ?? 800) - grid.right,
    top: grid.top,
    bottom: (t.height ?? 480) - grid.bottom,
  }
  /** A place narrower than its name goes without; the legend has it. */
  const roomFor = (name: keyof AlignmentChart['quadrants']) => {
    const right = name === 'both' || name === 'customers_only'
    const share = (right ? x1 - (cutX ?? x0) : (cutX ?? x1) - x0) / (x1 - x0)
    const text = chart.quadrants[name]
    const width = t.measure?.(text, 12, 400) ?? text.length * 8
    return width + 16 < share * (frame.right - frame.left)
  }
  const corner = (
    name: keyof AlignmentChart['quadrants'],
    from: number[],
    to: number[],
    position: 'insideTopLeft' | 'insideTopRight' | 'insideBottomLeft' | 'insideBottomRight',
  ) =>
    [
      {
        name: chart.quadrants[name],
        coord: from,
        itemStyle: { color: colour(name, t), opacity: name === 'both' ? 0.07 : 0.035 },
        label: {
          show: !t.narrow && roomFor(name),
          position,
          color: t.muted,
          fontSize: 12,
          distance: 8,
        },
      },
      { coord: to },
    ] as [object, object]
  const areas =
    cutX === null || cutY === null
      ? []
      : [
          corner('employees_only', [x0, y1], [cutX, cutY], 'insideTopLeft'),
          corner('both', [x1, y1], [cutX, cutY], 'insideTopRight'),
          corner('neither', [x0, y0], [cutX, cutY], 'insideBottomLeft'),
          corner('customers_only', [x1, y0], [cutX, cutY], 'insideBottomRight'),
        ]
  const sides = nameSides(chart, t, { frame, wide, high })
  return {
    ...base(t),
    grid,
    tooltip: {
      ...tooltip(t),
      trigger: 'item',
      formatter: (params) => {
        const words = points[(params as { dataIndex: number }).dataIndex]?.words ?? []
        return words
          .map((line, at) => (at === 0 ? `<b>${escaped(line)}</b>` : escaped(line)))
          .join('<br>')
      },
    },
    xAxis: {
      type: 'value',
      name: chart.nameX,
      nameLocation: 'middle',
      nameGap: 30,
      ...wide,
      ...axis(t),
      axisLabel: {
        ...axis(t).axisLabel,
        formatter: chart.writeX,
        // Away from the lowest label of the other axis, and inside the frame.
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      // Above the axis, where it is read without turning one's head.
      name: chart.nameY,
      nameLocation: 'end',
      nameGap: 12,
      ...high,
      ...axis(t),
      nameTextStyle: { color: t.muted, align: 'left', padding: [0, 0, 0, t.narrow ? -32 : -50] },
      axisLabel: { ...axis(t).axisLabel, formatter: chart.writeY },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        renderItem: cross,
        data: points.map((p) => [p.x[0], p.y[0], p.x[1], p.x[2], p.y[1], p.y[2]]),
        silent: true,
        encode: { x: [0, 2, 3], y: [1, 4, 5] },
        clip: true,
      },
      {
        type: 'scatter',
        cursor: 'pointer',
        data: points.map((point) => ({
          name: point.name,
          value: [point.x[0], point.y[0]],
          symbol: SYMBOLS[point.placed],
          symbolSize: symbolSize(point, chart.selected),
          itemStyle: {
            color: point.placed === 'undecided' ? t.surface : colour(point.placed, t),
            borderColor: point.placed === 'undecided' ? t.muted : t.surface,
            borderWidth: 1.5,
            opacity: 1,
          },
          label: {
            show: Boolean(sides.get(point.id)),
            formatter: '{b}',
            position: sides.get(point.id) ?? 'top',
            distance: DISTANCE,
            color: t.ink,
            fontSize: NAME_SIZE,
            fontWeight: 600,
            textBorderColor: t.surface,
            textBorderWidth: 3,
          },
        })),
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { color: t.ink, type: 'dashed', width: 1.2, opacity: 0.8 },
          label: { show: false },
          data: [
            ...(cutX === null ? [] : [{ xAxis: cutX }]),
            ...(cutY === null ? [] : [{ yAxis: cutY }]),
          ],
        },
        markArea: { silent: true, data: areas },
      },
    ],
  }
}
