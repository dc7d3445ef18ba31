// A sequence as the thing that it makes: layers on each other, the first at the bottom. The same
// step has the same look everywhere; its name stands beside it, so that colour is only a help.
const LOOKS = 7

/** The same word has the same look on every page. */
export function lookOf(step: string, steps: string[]): number {
  return [...new Set(steps)].indexOf(step) % LOOKS
}

export function Stack({
  steps,
  bare = false,
  height,
}: {
  steps: string[]
  /** Without names: a sign. */
  bare?: boolean
  height?: number
}) {
  const layers = steps
    .map((step, at) => ({ step, at: at + 1, look: lookOf(step, steps) }))
    .reverse()
  if (bare) {
    const each = Math.max(2, Math.floor((height ?? 48) / steps.length) - 1)
    return (
      <span className="stack-bare">
        {layers.map(({ at, look }) => (
          <i key={at} data-look={look} style={{ height: each }} />
        ))}
      </span>
    )
  }
  return (
    <ol className="stack" reversed>
      {layers.map(({ step, at, look }) => (
        <li key={at}>
          <i data-look={look} aria-hidden="true" />
          <span className="stack-at">{at}</span> {step}
        </li>
      ))}
    </ol>
  )
}
