// The importance–performance map: to the right what stands high, upwards what goes with the
// outcome more. Each question is a letter, so that long questions never crowd the picture;
// the letters are explained in a list beside it. What may be chance is not filled.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { extent } from './alignment'
import { DISTANCE, placeNames, placing } from './names'
import { axis, base, escaped, tooltip, type ChartTheme } from './theme'

type Triple = [value: number, lower: number, upper: number]

export interface DriverPoint {
  letter: string
  /** Where it stands between the ends of its scale, 0..1. */
  stands: Triple
  /** Share of what all questions explain together, 0..1. */
  weighs: Triple
  /** Whether it goes with the outcome more than random numbers would. */
  clear: boolean
  /** Line by line; the first is the question. */
  words: string[]
}

export interface DriverChart {
  points: DriverPoint[]
  nameX: string
  nameY: string
  /** What each would weigh if all weighed the same. */
  even: number
  nameEven: string
  write: (share: number) => string
}

const SYMBOL = 13
const LETTER = 13
/** Of every scale. */
const MIDDLE = 0.5
const SHARES = { min: 0, max: 1 }

/** The letter of a place: A … Z, then A2 … */
export function letter(at: number): string {
  const name = String.fromCharCode(65 + (at % 26))
  return at < 26 ? name : `${name}${Math.floor(at / 26) + 1}`
}

export function driversOption(chart: DriverChart, t: ChartTheme): EChartsOption {
  const { points, even } = chart
  const high = extent([[0, 0, 0], ...points.map((p) => p.weighs)], even, SHARES)
  const wide = extent(
    points.map((p) => p.stands),
    MIDDLE,
    SHARES,
  )
  const grid = { left: t.narrow ? 44 : 58, right: t.narrow ? 12 : 18, top: 30, bottom: 48 }
  const frame = {
    left: grid.left,
    right: (t.width ?? 800) - grid.right,
    top: grid.top,
    bottom: (t.height ?? 360) - grid.bottom,
  }
  const { across, down } = placing(frame, wide, high)
  const marks = points.map(({ letter: name, stands, weighs }) => ({
    name,
    x: across(stands[0]),
    y: down(weighs[0]),
    radius: SYMBOL / 2,
    arms: {
      left: across(stands[1]),
      right: across(stands[2]),
      top: down(weighs[2]),
      bottom: down(weighs[1]),
    },
  }))
  const measure = (text: string) => t.measure?.(text, LETTER, 700) ?? text.length * LETTER
  const sides = placeNames(marks, frame, [], measure)
  const cross: CustomSeriesRenderItem = (params, api) => {
    const { stands, weighs, clear } = points[params.dataIndex]
    const line = (from: number[], to: number[]) => ({
      type: 'line' as const,
      shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
      style: { stroke: clear ? t.blue : t.muted, opacity: clear ? 0.7 : 0.45, lineWidth: 1.8 },
    })
    return {
      type: 'group',
      children: [
        line(api.coord([stands[1], weighs[0]]), api.coord([stands[2], weighs[0]])),
        line(api.coord([stands[0], weighs[1]]), api.coord([stands[0], weighs[2]])),
      ],
    }
  }
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
        formatter: chart.write,
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      name: chart.nameY,
      nameLocation: 'end',
      nameGap: 12,
      ...high,
      ...axis(t),
      nameTextStyle: { color: t.muted, align: 'left', padding: [0, 0, 0, t.narrow ? -36 : -50] },
      axisLabel: { ...axis(t).axisLabel, formatter: chart.write },
      splitLine: { show: false },
    },
    series: [
      {
        type: 'custom',
        renderItem: cross,
        silent: true,
        clip: true,
        data: points.map(({ stands, weighs }) => [...stands, ...weighs]),
        encode: { x: [0, 1, 2], y: [3, 4, 5] },
      },
      {
        type: 'scatter',
        symbolSize: SYMBOL,
        data: points.map((point, at) => ({
          value: [point.stands[0], point.weighs[0]],
          itemStyle: {
            color: point.clear ? t.blue : t.surface,
            borderColor: point.clear ? t.surface : t.muted,
            borderWidth: 1.5,
            opacity: 1,
          },
          label: {
            show: true,
            position: sides[at] ?? ('top' as const),
            distance: DISTANCE,
            formatter: point.letter,
            color: t.ink,
            fontSize: LETTER,
            fontWeight: 700 as const,
            textBorderColor: t.surface,
            textBorderWidth: 3,
          },
        })),
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { color: t.muted, type: 'dashed', width: 1 },
          label: {
            formatter: chart.nameEven,
            position: 'insideStartTop',
            color: t.muted,
            fontSize: 11.5,
          },
          data: [{ yAxis: even }, { xAxis: MIDDLE, label: { show: false } }],
        },
      },
    ],
  }
}
