// Colours of charts: Okabe–Ito, safe for the common colour deficiencies, light and dark.
import type { EChartsOption } from 'echarts'

export interface ChartTheme {
  ink: string
  muted: string
  grid: string
  surface: string
  blue: string
  orange: string
  green: string
  narrow?: boolean
}

const font = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif'

export const light: ChartTheme = {
  ink: '#1f2933',
  muted: '#4a5560',
  grid: '#e3e7eb',
  surface: '#ffffff',
  blue: '#0072b2',
  orange: '#c25100',
  green: '#007a5a',
}

export const dark: ChartTheme = {
  ink: '#e6e9ec',
  muted: '#b4bdc7',
  grid: '#3a4048',
  surface: '#2e2e2e',
  blue: '#56b4e9',
  orange: '#ff9a4d',
  green: '#3fc79a',
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
