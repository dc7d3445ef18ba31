// A standard (or a mapping) as text, as it would stand in git: TOML, with what is wrong marked at
// its line.
import { Text } from '@mantine/core'
import { useRef } from 'react'

import { useTexts } from '../../../text/LanguageProvider'
import type { Spot } from './useDraft'

export function TextField({
  text,
  problems,
  onChange,
  id = 'standard-text',
  label,
}: {
  text: string
  problems: Pick<Spot, 'line' | 'message'>[]
  id?: string
  /** What the text is; a standard where nothing is said. */
  label?: string
  onChange: (text: string) => void
}) {
  const { t } = useTexts()
  const gutter = useRef<HTMLDivElement>(null)
  const lines = text.split('\n')
  const wrong = new Map<number, string>()
  for (const { line, message } of problems) if (line) wrong.set(line, message)
  return (
    <div>
      <Text size="sm" mb={6} component="label" htmlFor={id}>
        {label ?? t('edit-text-note')}
      </Text>
      <div className="toml">
        <div className="toml-lines" ref={gutter} aria-hidden="true">
          {lines.map((_, at) => (
            <span key={at} data-wrong={wrong.has(at + 1) || undefined} title={wrong.get(at + 1)}>
              {wrong.has(at + 1) ? '▶' : ''}
              {at + 1}
            </span>
          ))}
        </div>
        <textarea
          id={id}
          spellCheck={false}
          wrap="off"
          rows={Math.max(12, Math.min(30, lines.length + 1))}
          value={text}
          aria-invalid={problems.length > 0}
          onChange={(event) => onChange(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
    </div>
  )
}
