// The way a share went, as a line of a few centimetres. Decoration beside numbers that are said:
// it has no axis and nothing can be read off it, so a screen reader passes over it.
import type { Schemas } from '../../api/types'

const [WIDTH, HEIGHT, EDGE] = [132, 36, 4]
/** Longer ways are shown by their end. */
const POINTS_MAX = 24

export function Sparkline({
  trend,
  target,
  span,
}: {
  trend: Schemas['IndicatorTrend']['trend']
  target: number | null
  /** What the height stands for; the values' own span where nothing is said. */
  span?: [low: number, high: number]
}) {
  const values = trend
    .slice(-POINTS_MAX)
    .map(({ estimate }) => (estimate.status === 'estimate' ? estimate.value : null))
  const seen = values.filter((one) => one !== null)
  if (seen.length < 2) return <span />
  const all = target === null ? seen : [...seen, target]
  const [low, high] = span ?? [Math.min(...all), Math.max(...all)]
  const x = (at: number) => EDGE + (at / (values.length - 1)) * (WIDTH - 2 * EDGE)
  const y = (value: number) =>
    HEIGHT - EDGE - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE)
  // A period without looks is a gap.
  const path = values
    .map((value, at) =>
      value === null
        ? ''
        : `${at === 0 || values[at - 1] === null ? 'M' : 'L'}${x(at).toFixed(1)},${y(value).toFixed(1)}`,
    )
    .join('')
  const last = values.findLastIndex((one) => one !== null)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      className="sparkline"
      aria-hidden="true"
    >
      {target !== null && (
        <line
          x1={EDGE}
          x2={WIDTH - EDGE}
          y1={y(target)}
          y2={y(target)}
          className="sparkline-target"
        />
      )}
      <path d={path} fill="none" />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={3.2} />
    </svg>
  )
}
