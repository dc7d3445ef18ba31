// What went wrong, with every problem by file, line and column.
import { Alert, List } from '@mantine/core'

import type { Schemas } from '../api/types'
import { useTexts } from '../text/LanguageProvider'

export function Problem({ problem }: { problem: unknown }) {
  const { t } = useTexts()
  const found = (problem ?? {}) as Partial<Schemas['Problem']>
  return (
    <Alert color="red" variant="light" title={found.title ?? t('problem')} role="alert">
      {found.detail ?? t('problem-unknown')}
      {found.problems && found.problems.length > 0 && (
        <List size="sm" mt="xs">
          {found.problems.map((one, at) => (
            <List.Item key={at}>{problemWords(one)}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}

/** "file:line column: message (found …; allowed …)" */
export function problemWords(one: {
  file?: string | null
  line?: number | null
  column?: string | null
  message: string
  found: string
  allowed: string
}): string {
  const place = [one.file, one.line].filter((part) => part != null && part !== '').join(':')
  const tail = [one.found && `found ${one.found}`, one.allowed && `allowed: ${one.allowed}`].filter(Boolean).join('; ')
  return [place, one.column, one.message].filter(Boolean).join(' · ') + (tail ? ` (${tail})` : '')
}
