// Colours of charts: Okabe–Ito, safe for the common colour deficiencies, light and dark.
import type { EChartsOption } from 'echarts'

export interface ChartTheme {
  ink: string
  muted: string
  grid: string
  surface: string
  /** What is, and what is good for both. */
  blue: string
  /** What asks attention. */
  orange: string
  green: string
  purple: string
  /** Under 480 pixels: shorter names, fewer labels. */
  narrow?: boolean
  /** Of the picture, in pixels; what places names needs it. */
  width?: number
  height?: number
  /** Width of a text in pixels, where something can measure it. */
  measure?: (text: string, size: number, weight: number) => number
}

// Single quotes inside: this goes into an attribute of the SVG.
export const font = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

export const light: ChartTheme = {
  ink: '#1f2933',
  muted: '#4a5560',
  grid: '#e3e7eb',
  surface: '#ffffff',
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#00785a',
  purple: '#a3477f',
}

export const dark: ChartTheme = {
  ink: '#e6e9ec',
  muted: '#b4bdc7',
  grid: '#3a4048',
  surface: '#23262b',
  blue: '#56b4e9',
  orange: '#ff9a4d',
  green: '#3fc79a',
  purple: '#e79cc6',
}

export const base = (t: ChartTheme): EChartsOption => ({
  animation: false,
  backgroundColor: 'transparent',
  textStyle: { fontFamily: font, color: t.ink },
})

export const axis = (t: ChartTheme) => ({
  axisLine: { onZero: false, lineStyle: { color: t.muted } },
  axisTick: { show: false },
  axisLabel: { color: t.muted, hideOverlap: true },
  nameTextStyle: { color: t.muted },
  splitLine: { lineStyle: { color: t.grid } },
})

export const tooltip = (t: ChartTheme) => ({
  confine: true,
  backgroundColor: t.surface,
  borderColor: t.grid,
  textStyle: { color: t.ink, fontSize: 13 },
  extraCssText: 'max-width: 300px; white-space: normal;',
})

/** Text for a tooltip, which is HTML: a name that somebody imported is never markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
