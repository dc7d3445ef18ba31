// A standard that is being written, as a form or as text: both are the same draft. The server reads
// it while it is typed, so that what is wrong is said at once and what would change is known before
// it is saved.
import { useEffect, useRef, useState } from 'react'

import { fetcher } from '../../../api/client'
import type { Schemas } from '../../../api/types'
import { standardOf, type Standard } from '../content'

/** People stop typing for about so long. */
const PAUSE_MS = 350

export type Checked = Schemas['CheckedDraft']
export type Spot = NonNullable<Schemas['Problem']['problems']>[number]

export interface DraftState {
  content: Standard
  text: string
  checking: boolean
  /** What would change, once it is sound. */
  checked: Checked | null
  problems: Spot[]
  /** Why nothing could be checked. */
  failure: unknown
  setContent: (content: Standard) => void
  setText: (text: string) => void
}

export function useDraft(first: Standard, firstText: string): DraftState {
  const [content, setContent] = useState(first)
  const [text, setText] = useState(firstText)
  /** Which of the two was written last; the other follows. Of a new one nothing yet. */
  const [written, setWritten] = useState<'content' | 'text' | null>(firstText ? 'text' : null)
  const [checked, setChecked] = useState<Checked | null>(null)
  const [problems, setProblems] = useState<Spot[]>([])
  const [failure, setFailure] = useState<unknown>(null)
  const [checking, setChecking] = useState(false)
  const asked = useRef(0)
  const source = written === 'text' ? text : JSON.stringify(content)

  useEffect(() => {
    if (written === null) return
    const own = ++asked.current
    const ask = async () => {
      setChecking(true)
      const standard = content.id || 'new-standard'
      const body =
        written === 'text' ? { standard, text } : { standard, content: withoutEmpty(content) }
      const { data, error, response } = await fetcher
        .POST('/api/v1/standards/check', { body })
        .catch((thrown: unknown) => ({ data: undefined, error: thrown, response: undefined }))
      // Something was typed meanwhile: that answer counts, not this one.
      if (own !== asked.current) return
      setChecking(false)
      if (data) {
        setChecked(data)
        setProblems([])
        setFailure(null)
        // The side that was not written follows the one that was.
        if (written === 'text') {
          const read = standardOf(data.content)
          if (read) setContent(read)
        } else setText(data.text)
        return
      }
      setChecked(null)
      const said = error as Partial<Schemas['Problem']> | undefined
      if (response?.status === 422 && said?.problems) {
        setProblems(said.problems)
        setFailure(null)
      } else setFailure(error ?? {})
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => clearTimeout(timer)
    // `content` follows `text` and the other way round; only what was written asks again.
  }, [source, written])

  return {
    content,
    text,
    checking,
    checked,
    problems,
    failure,
    setContent: (next) => {
      setWritten('content')
      setContent(next)
    },
    setText: (next) => {
      setWritten('text')
      setText(next)
    },
  }
}

/** An empty field is one that was not given; an empty name in a language is no name. */
export function withoutEmpty<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutEmpty) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined && one !== '')
      .map(([name, one]) => [name, withoutEmpty(one)]),
  ) as Value
}

/** What is wrong with a field or with anything in it. */
export function problemOf(problems: Spot[], field: string): string | undefined {
  const found = problems.filter(
    (one) =>
      one.field === field || one.field.startsWith(`${field}.`) || one.field.startsWith(`${field}[`),
  )
  return found.length > 0 ? found.map(({ message }) => message).join(' ') : undefined
}
