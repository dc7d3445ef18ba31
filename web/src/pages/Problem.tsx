// What went wrong, with every problem by file, line and column.
import { Alert, List, Text } from '@mantine/core'

import type { Schemas } from '../api/types'
import { useTexts } from '../text/LanguageProvider'

export interface Spot {
  file?: string | null
  line?: number | null
  column?: string | null
  message: string
}

export function Problem({ problem }: { problem: unknown }) {
  const { t } = useTexts()
  const found = (problem ?? {}) as Partial<Schemas['Problem']>
  const listed = found.problems ?? []
  const more = (found.problems_total ?? listed.length) - listed.length
  return (
    <Alert color="red" variant="outline" className="paper" role="alert">
      <Text fw={600}>{found.title ?? t('problem')}</Text>
      <Text size="sm">{found.detail ?? t('problem-unknown')}</Text>
      {listed.length > 0 && <Spots spots={listed} more={more} />}
      {found.error_id && <Text size="sm">{t('problem-id', { id: found.error_id })}</Text>}
    </Alert>
  )
}

/** Problems by place. Each message says by itself what was found and what is allowed. */
export function Spots({ spots, more }: { spots: Spot[]; more: number }) {
  const { t } = useTexts()
  const place = (spot: Spot) =>
    [
      spot.file,
      spot.line != null && t('spot-line', { line: String(spot.line) }),
      spot.column && t('spot-column', { column: spot.column }),
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <>
      <List size="sm" mt="xs" spacing={4}>
        {spots.map((spot, at) => (
          <List.Item key={at}>
            <b>{place(spot)}</b> {spot.message}
          </List.Item>
        ))}
      </List>
      {more > 0 && <Text size="sm">{t('spots-more', { more })}</Text>}
    </>
  )
}
