// The look that is being made, kept on the phone after every tap: a clock that runs goes on through
// a reload, and a call in between costs nothing.
import { useEffect, useRef, useState } from 'react'

import { EMPTY, type Draft } from './draft'
import { draftOf, dropDraft, keepDraft } from './store'

export function useDraft(id: string) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const writing = useRef(Promise.resolve<unknown>(undefined))
  useEffect(() => {
    let gone = false
    setDraft(null)
    void draftOf(id)
      .catch(() => undefined)
      .then((found) => {
        if (!gone) setDraft({ ...EMPTY, ...((found as Partial<Draft> | undefined) ?? {}) })
      })
    return () => {
      gone = true
    }
  }, [id])
  const change = (part: Partial<Draft>) =>
    setDraft((before) => {
      const after = { ...(before ?? EMPTY), ...part }
      // One after the other, so that the last tap is what stays.
      writing.current = writing.current.then(() => keepDraft(id, after)).catch(() => undefined)
      return after
    })
  const clear = async () => {
    await writing.current
    await dropDraft(id)
    setDraft(EMPTY)
  }
  return { draft, change, clear }
}
