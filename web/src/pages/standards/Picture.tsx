// What a standard looks like: its picture, or a sign of what kind of promise it is.
import { useState, type ReactNode } from 'react'

import type { Kind } from './content'
import { Stack } from './SequenceStack'

export function Picture({
  source,
  kind,
  steps,
  size = 64,
}: {
  /** Address of the picture, where there is one. */
  source: string | null
  kind: string
  /** Of a sequence: it can be drawn. */
  steps?: string[]
  size?: number
}) {
  const [broken, setBroken] = useState(false)
  const style = { width: size, height: size }
  if (source && !broken)
    return (
      <img
        className="standard-picture"
        src={source}
        alt=""
        style={style}
        loading="lazy"
        onError={() => setBroken(true)}
      />
    )
  if (steps && steps.length > 0)
    return (
      <span className="standard-picture" style={style} aria-hidden="true">
        <Stack steps={steps} bare height={size - 16} />
      </span>
    )
  return (
    <span className="standard-picture" style={style} aria-hidden="true">
      <svg viewBox="0 0 24 24" width={size * 0.5} height={size * 0.5}>
        {SIGNS[kind as Kind] ?? SIGNS.checklist}
      </svg>
    </span>
  )
}

/** Drawn with strokes of the current colour. */
const SIGNS: Record<Kind, ReactNode> = {
  duration: (
    <>
      <circle cx="12" cy="13" r="8" />
      <path d="M12 8.5V13l3 2M9.5 2.5h5" />
    </>
  ),
  range: <path d="M3 12h18M6.5 8v8M17.5 8v8M12 10.2v3.6" />,
  checklist: (
    <path d="M4 6.5l1.5 1.5L8 5.2M4 13l1.5 1.5L8 11.7M4 19.5L5.5 21 8 18.2M11 7h9M11 13.5h9M11 20h9" />
  ),
  rubric: <path d="M4 20v-5M9.3 20v-8M14.6 20V8.5M20 20V4" />,
  wording: <path d="M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5" />,
  sequence: <path d="M5 6h14M5 12h14M5 18h14" />,
}
