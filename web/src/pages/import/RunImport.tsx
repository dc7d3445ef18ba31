// Step 4: the run with its progress, then what it did.
import { Button, Group, Paper, Progress, Stack, Table, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem, Spots } from '../Problem'
import type { Chosen } from './ImportPage'

const FINAL = new Set<string>(['done', 'failed', 'already_stored'])

export function RunImport({
  chosen,
  mapping,
  onError,
  onCorrect,
  onAgain,
}: {
  chosen: Chosen
  mapping: string
  onError: Schemas['OnError']
  onCorrect: () => void
  onAgain: () => void
}) {
  const { t, language } = useTexts()
  const queries = useQueryClient()
  const start = api.useMutation('post', '/api/v1/imports')
  const asked = useRef(false)
  useEffect(() => {
    // One run for one visit of this step, also where effects run twice. A second request
    // would do no harm: the same file with the same mapping is stored once.
    if (asked.current) return
    asked.current = true
    start.mutate({
      body: { upload: chosen.upload, name: chosen.name, mapping, on_error: onError },
    })
  })
  const id = start.data?.import
  const { data: state, error } = api.useQuery(
    'get',
    '/api/v1/imports/{import}',
    { params: { path: { import: id ?? '' } } },
    {
      enabled: id !== undefined,
      refetchInterval: (query) =>
        query.state.data && FINAL.has(query.state.data.status) ? false : 300,
    },
  )
  const ended = state !== undefined && FINAL.has(state.status)
  useEffect(() => {
    // Every number on the other pages may have changed.
    if (ended) void queries.invalidateQueries({ predicate: ({ queryKey }) => !isImport(queryKey) })
  }, [ended, queries])
  const refused = start.error ?? error
  const failed = refused !== null || state?.status === 'failed'
  return (
    <Stack mt="md">
      {refused !== null && <Problem problem={refused} />}
      {!ended && refused === null && <Going state={state} />}
      {state?.status === 'failed' && <Problem problem={state.error} />}
      {state?.status === 'already_stored' && (
        <Paper className="paper" withBorder p="md" role="status">
          <Text fw={600}>{t('run-already')}</Text>
          <Text size="sm">{t('run-already-note')}</Text>
        </Paper>
      )}
      {state?.status === 'done' && <Report state={state} language={language} />}
      {(ended || refused !== null) && (
        <Group>
          {failed ? (
            <Button onClick={onCorrect}>{t('run-correct')}</Button>
          ) : (
            <Button component={Link} to="/">
              {t('run-look')}
            </Button>
          )}
          <Button variant="default" onClick={onAgain}>
            {t('run-again')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function isImport(key: readonly unknown[]): boolean {
  return JSON.stringify(key).includes('/imports/{import}')
}

function Going({ state }: { state: Schemas['ImportView'] | undefined }) {
  const { t, language } = useTexts()
  const share = state && state.bytes_total > 0 ? state.bytes_read / state.bytes_total : 0
  return (
    <>
      <Text aria-live="polite">
        {t('run-going', { rows: count(language, state?.rows_read ?? 0) })}
      </Text>
      <Progress.Root size="lg">
        <Progress.Section value={share * 100} aria-label={t('import-step-run')} />
      </Progress.Root>
    </>
  )
}

function Report({ state, language }: { state: Schemas['ImportView']; language: string }) {
  const { t } = useTexts()
  const { report } = state
  const rows: [string, number][] = [
    ['run-read', state.rows_read],
    ['run-stored', state.rows_stored],
    ['run-rejected', state.rows_rejected],
    ['run-dropped', state.rows_dropped_as_duplicates],
  ]
  return (
    <Paper className="paper" withBorder p="md" role="status">
      <Text fw={600}>{t('run-done')}</Text>
      <Table w="auto" mt={6} fz="sm" data-results="none">
        <caption className="sr-only">{t('run-done')}</caption>
        <Table.Tbody>
          {rows.map(([name, rowCount]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                {t(name)}
              </Table.Th>
              <Table.Td ta="right" className="number">
                {count(language, rowCount)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {report?.reject_file && (
        <Text size="sm" mt="xs">
          {t('run-reject-file', { file: report.reject_file })}
        </Text>
      )}
      {report && report.problems.length > 0 && (
        <Spots
          spots={report.problems.slice(0, 20)}
          more={report.problems_total - Math.min(20, report.problems.length)}
        />
      )}
      {report?.snapshot && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('run-snapshot', { snapshot: report.snapshot })}
        </Text>
      )}
    </Paper>
  )
}
