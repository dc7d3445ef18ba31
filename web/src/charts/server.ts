// Charts without a browser: one script that Rust runs for the command line, mail and PDF.
// It has no window and no clock; text is measured by the host.
import { setPlatformAPI } from 'echarts/core'

import { init } from './engine'
import { controlOption, type ControlChart } from './control'
import { dark, light, type ChartTheme } from './theme'

/** What Rust hands over: data only, numbers written by the rules of `unit`. */
interface Picture {
  chart: 'control'
  width: number
  height: number
  dark?: boolean
  data: Omit<ControlChart, 'write'> & Written
}

/** How numbers are written: times `scale`, rounded, with what they count. */
interface Written {
  scale: number
  decimals: number
  unit: string
}

declare const hostTextWidth: (text: string, size: number) => number

function writer({ scale, decimals, unit }: Written): (value: number) => string {
  const after = unit === '' ? '' : ` ${unit}`
  return (value) => `${(value * scale).toFixed(decimals)}${after}`
}

// ECharts measures text in a canvas where there is one.
setPlatformAPI({
  measureText: (text, font) => {
    const size = Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12)
    return { width: hostTextWidth(text, size) }
  },
})

export function render(json: string): string {
  const picture = JSON.parse(json) as Picture
  const measure = (text: string, size: number) => hostTextWidth(text, size)
  const theme: ChartTheme = {
    ...(picture.dark ? dark : light),
    narrow: picture.width < 480,
    width: picture.width,
    height: picture.height,
    measure,
  }
  const { scale, decimals, unit, ...chart } = picture.data
  const option = controlOption({ ...chart, write: writer({ scale, decimals, unit }) }, theme)
  const drawn = init(null, null, {
    renderer: 'svg',
    ssr: true,
    width: picture.width,
    height: picture.height,
  })
  drawn.setOption({ ...option, backgroundColor: theme.surface })
  const svg = drawn.renderToSVGString()
  drawn.dispose()
  return svg
}

Object.assign(globalThis, { renderPicture: render })
