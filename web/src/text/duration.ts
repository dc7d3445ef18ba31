// Seconds as people say them: "20 minutes", "1 day 4 hours". The words come from the browser.

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

export type TimeUnit = (typeof UNITS)[number][0]

const written = (language: string, unit: TimeUnit, count: number, display: 'long' | 'short') =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: display,
    maximumFractionDigits: 1,
  }).format(count)

/** The two largest parts are enough to say it. */
export function duration(
  language: string,
  seconds: number,
  display: 'long' | 'short' = 'long',
): string {
  let left = Math.abs(seconds)
  const parts: string[] = []
  for (const [unit, size] of UNITS) {
    const whole = unit === 'second' ? Math.round(left * 10) / 10 : Math.floor(left / size)
    if (whole > 0 && parts.length < 2) parts.push(written(language, unit, whole, display))
    left -= whole * size
  }
  if (parts.length === 0) return written(language, 'second', 0, display)
  return (seconds < 0 ? '−' : '') + parts.join(' ')
}

/** The largest unit in which it is a whole number, for a field that is filled in. */
export function splitDuration(seconds: number): { count: number; unit: TimeUnit } {
  const [unit, size] = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0) ?? UNITS[2]
  return { count: seconds / size, unit }
}

export function secondsOf(count: number, unit: TimeUnit): number {
  return count * (UNITS.find(([name]) => name === unit)?.[1] ?? 1)
}

export const TIME_UNITS = UNITS.map(([name]) => name).reverse()

/** "04:07", "1:02:09": a running clock. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const two = (part: number) => String(part).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`
  return hours ? `${hours}:${rest}` : rest
}
