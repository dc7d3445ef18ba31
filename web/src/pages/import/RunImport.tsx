// Step 4: the run with its progress, then what it did.
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { api, fetcher } from '../../api/client'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import type { Chosen } from './ImportPage'

export function RunImport({ chosen, mapping, onAgain }: { chosen: Chosen; mapping: string; onAgain: () => void }) {
  const { t, language } = useTexts()
  const queries = useQueryClient()
  const [id, setId] = useState<string | null>(null)
  const [refused, setRefused] = useState<unknown>(null)
  useEffect(() => {
    let gone = false
    void fetcher
      .POST('/api/v1/imports', { body: { upload: chosen.upload, name: chosen.name, mapping } })
      .then(({ data, error }) => {
        if (gone) return
        if (error) setRefused(error)
        else setId(data.import)
      })
    return () => {
      gone = true
    }
    // One run for one visit of this step.
  }, [])
  const { data: state } = api.useQuery(
    'get',
    '/api/v1/imports/{id}',
    { params: { path: { id: id ?? '' } } },
    {
      enabled: id !== null,
      refetchInterval: (query) =>
        query.state.data && ['done', 'failed', 'already_stored'].includes(query.state.data.status) ? false : 300,
    },
  )
  const ended = state && ['done', 'failed', 'already_stored'].includes(state.status)
  useEffect(() => {
    if (ended) void queries.invalidateQueries({ predicate: (query) => !JSON.stringify(query.queryKey).includes('/imports/') })
  }, [ended, queries])
  if (refused) return <Problem problem={refused} />
  const share = state && state.bytes_total > 0 ? state.bytes_read / state.bytes_total : 0
  return (
    <Stack mt="md" aria-live="polite">
      {!ended && (
        <>
          <Text>{t('run-going', { rows: count(language, state?.rows_read ?? 0) })}</Text>
          <Progress value={share * 100} aria-label={t('import-step-run')} size="lg" striped animated />
        </>
      )}
      {state?.status === 'failed' && <Problem problem={state.error} />}
      {state?.status === 'already_stored' && <Alert color="blue" variant="light" title={t('run-already')}>{t('run-already-note')}</Alert>}
      {state?.status === 'done' && (
        <Alert color="blue" variant="light" title={t('run-done')}>
          {t('run-report', {
            read: count(language, state.rows_read),
            stored: count(language, state.rows_stored),
            rejected: count(language, state.rows_rejected),
            dropped: count(language, state.rows_dropped_as_duplicates),
          })}
        </Alert>
      )}
      {ended && (
        <Group>
          <Button component={Link} to="/">{t('run-look')}</Button>
          <Button variant="default" onClick={onAgain}>{t('run-again')}</Button>
        </Group>
      )}
    </Stack>
  )
}
