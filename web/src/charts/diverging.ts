// Answers as bars to both sides of the middle: the low end of the scale to the left in
// orange, the high end to the right in blue, a middle answer half on each side. One row a
// question; the whole row is one point for the arrow keys.
import type { CustomSeriesRenderItem, EChartsOption } from 'echarts'

import { axis, base, escaped, font, tooltip, type ChartTheme } from './theme'

export interface Band {
  /** What was answered: "4", "9–10". */
  label: string
  /** 0..1 of all answers to this question. */
  share: number
  /** Below the middle, the middle itself, above it. */
  side: -1 | 0 | 1
  colour: string
}

export interface DivergingRow {
  name: string
  /** Under the name: "n = 1,054". */
  note: string
  bands: Band[]
  /** What the tip says, line by line; the first is the question. */
  words: string[]
}

const LOW: [string, string] = ['#b35806', '#f1a340']
const MIDDLE = '#c9ced6'
const HIGH: [string, string] = ['#74add1', '#2166ac']

const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))

function between([from, to]: [string, string], share: number): string {
  const ends = [channels(from), channels(to)]
  const mixed = [0, 1, 2].map((at) => Math.round(ends[0][at] + share * (ends[1][at] - ends[0][at])))
  return `#${mixed.map((one) => one.toString(16).padStart(2, '0')).join('')}`
}

/** Sides and colours for answers in the order of their scale; blue is the better end. */
export function ramp(count: number, lowerIsBetter = false): Pick<Band, 'side' | 'colour'>[] {
  const half = Math.floor(count / 2)
  const [low, high] = lowerIsBetter ? [[...HIGH].reverse(), [...LOW].reverse()] : [LOW, HIGH]
  return Array.from({ length: count }, (_, at) => {
    if (count % 2 === 1 && at === half) return { side: 0, colour: MIDDLE }
    const below = at < half
    const step = below ? at : at - (count - half)
    // A side with a single step takes its strong colour.
    const share = half === 1 ? (below ? 0 : 1) : step / (half - 1)
    const ends = (below ? low : high) as [string, string]
    return { side: below ? -1 : 1, colour: between(ends, share) }
  })
}

const INK = '#000000'
const INK_LUMINANCE = 0

/** Black or white, whichever is easier to read on a colour. */
export function readableOn(colour: string): string {
  const [r, g, b] = channels(colour).map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  const [white, black] = [1.05 / (luminance + 0.05), (luminance + 0.05) / (INK_LUMINANCE + 0.05)]
  return white >= black ? '#ffffff' : INK
}

/** Where a row begins: all below the middle and half of the middle lie left of 0. */
export function start(bands: Band[]): number {
  return -bands.reduce(
    (sum, { side, share }) => sum + (side < 0 ? share : side === 0 ? share / 2 : 0),
    0,
  )
}

/** Words broken into lines of at most `width` pixels. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && measure(longer) <= width) return [...lines.slice(0, -1), longer]
    return [...lines, word]
  }, [])
}

const BAR = 24
const LINE = 15
const SIZE = 12

/** Height of the picture, in pixels: names stand beside the bars, or above on a phone. */
export const divergingHeight = (rows: number, narrow: boolean) => rows * (narrow ? 92 : 52) + 34

export function divergingOption(
  rows: DivergingRow[],
  write: (share: number) => string,
  t: ChartTheme,
): EChartsOption {
  const starts = rows.map((row) => start(row.bands))
  const ends = rows.map((row, at) => row.bands.reduce((sum, band) => sum + band.share, starts[at]))
  const step = t.narrow ? 0.5 : 0.25
  const min = Math.min(-step, Math.floor(Math.min(0, ...starts) / step) * step)
  const max = Math.max(step, Math.ceil(Math.max(0, ...ends) / step) * step)
  const measure = (text: string) => t.measure?.(text, SIZE, 400) ?? text.length * SIZE * 0.6
  const beside = Math.min(280, (t.width ?? 800) * 0.34)
  const room = t.narrow ? (t.width ?? 340) - 16 : beside - 16
  const row: CustomSeriesRenderItem = (params, api) => {
    const at = params.dataIndex
    const { bands, name, note } = rows[at]
    const middle = api.coord([0, at])[1] + (t.narrow ? 20 : 0)
    let from = starts[at]
    const drawn = bands.flatMap((band) => {
      const [left] = api.coord([from, at])
      from += band.share
      const [right] = api.coord([from, at])
      const text = write(band.share).replace(/\s?%/, '')
      // The gap between bars keeps neighbours apart without seeing colours.
      const width = Math.max(0, right - left - 1)
      return [
        {
          type: 'rect' as const,
          shape: { x: left, y: middle - BAR / 2, width, height: BAR },
          style: { fill: band.colour },
        },
        ...(width > measure(text) + 8
          ? [
              {
                type: 'text' as const,
                style: {
                  text,
                  x: (left + right) / 2,
                  y: middle,
                  fill: readableOn(band.colour),
                  fontSize: 11.5,
                  fontFamily: font,
                  align: 'center' as const,
                  verticalAlign: 'middle' as const,
                },
              },
            ]
          : []),
      ]
    })
    const lines = wrap(name, room, measure).slice(0, t.narrow ? 2 : 3)
    const tall = (lines.length + 1) * LINE
    const top = t.narrow ? middle - BAR / 2 - tall - 4 : middle - tall / 2
    const label = (text: string, index: number, fill: string) => ({
      type: 'text' as const,
      style: {
        text,
        fill,
        x: t.narrow ? 8 : beside - 12,
        y: top + index * LINE,
        fontSize: SIZE,
        fontFamily: font,
        align: t.narrow ? ('left' as const) : ('right' as const),
        verticalAlign: 'top' as const,
      },
    })
    return {
      type: 'group',
      children: [
        ...drawn,
        ...lines.map((text, index) => label(text, index, t.ink)),
        label(note, lines.length, t.muted),
      ],
    }
  }
  return {
    ...base(t),
    grid: { left: t.narrow ? 8 : beside, right: t.narrow ? 8 : 14, top: 4, bottom: 28 },
    tooltip: {
      ...tooltip(t),
      trigger: 'item',
      formatter: (params) => {
        const words = rows[(params as { dataIndex: number }).dataIndex]?.words ?? []
        return words
          .map((line, at) => (at === 0 ? `<b>${escaped(line)}</b>` : escaped(line)))
          .join('<br>')
      },
    },
    xAxis: {
      type: 'value',
      min,
      max,
      interval: step,
      ...axis(t),
      axisLine: { show: false },
      axisLabel: {
        color: t.muted,
        formatter: (value: number) => write(Math.abs(value)),
        alignMinLabel: 'left',
        alignMaxLabel: 'right',
      },
    },
    yAxis: {
      type: 'category',
      data: rows.map((one) => one.name),
      inverse: true,
      show: false,
    },
    series: [
      {
        type: 'custom',
        renderItem: row,
        clip: false,
        data: rows.map((_, at) => [0, at]),
        encode: { x: 0, y: 1 },
      },
    ],
  }
}
