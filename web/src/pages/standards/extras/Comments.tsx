// Customers' own words, each with where and when it was and what came on top there.
import { Button, Text, Title } from '@mantine/core'
import { useState } from 'react'

import type { Schemas } from '../../../api/types'
import { count } from '../../../text/format'
import { useTexts } from '../../../text/LanguageProvider'
import { dayOrWeek } from '../dayOrWeek'

/** So many are seen at once. */
const FIRST = 6

export function Comments({ view }: { view: Schemas['ExtrasView'] }) {
  const { t, named, language } = useTexts()
  const [all, setAll] = useState(false)
  const { comments, comments_total: total } = view
  const list = (parts: string[]) => new Intl.ListFormat(language).format(parts)
  const shown = all ? comments : comments.slice(0, FIRST)
  return (
    <>
      <Title order={4} size="h5" mt="md">
        {t('extras-comments')}
      </Title>
      <Text size="sm">
        {comments.length === 0
          ? t('extras-comments-none')
          : t('extras-comments-lead', {
              total: count(language, total),
              listed: count(language, comments.length),
            })}
      </Text>
      {comments.length > 0 && (
        <ul className="comments">
          {shown.map((one, at) => (
            <li key={at}>
              <blockquote lang={one.language ?? undefined}>{one.text}</blockquote>
              <Text size="xs" c="dimmed">
                {t('extras-comment-where', {
                  unit: named(one.unit.title),
                  day: dayOrWeek(t, language, one.period),
                  extras: list(one.extras),
                })}
              </Text>
            </li>
          ))}
        </ul>
      )}
      {!all && comments.length > FIRST && (
        <Button size="sm" variant="default" className="no-print" onClick={() => setAll(true)}>
          {t('extras-comments-all', { count: comments.length })}
        </Button>
      )}
    </>
  )
}
