// Charts without a browser: one script that Rust runs for the command line, mail and PDF.
// It has no window and no clock; text is measured by the host.
import { init } from './engine'
import { controlOption, type ControlChart } from './control'
import { dark, light, type ChartTheme } from './theme'

/** What Rust hands over: data only, numbers written by the rules of `unit`. */
interface Picture {
  chart: 'control'
  width: number
  height: number
  dark?: boolean
  title: string
  data: Omit<ControlChart, 'write'> & { unit: string; decimals: number }
}

declare const hostTextWidth: (text: string, size: number) => number

/** Per cent, or the number itself with its unit of measure. */
function writer(unit: string, decimals: number): (value: number) => string {
  const scale = unit === '%' ? 100 : 1
  const after = unit === '' ? '' : unit === '%' ? ' %' : ` ${unit}`
  return (value) => `${(value * scale).toFixed(decimals)}${after}`
}

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
  const { unit, decimals, ...chart } = picture.data
  const option = controlOption({ ...chart, write: writer(unit, decimals) }, theme)
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
