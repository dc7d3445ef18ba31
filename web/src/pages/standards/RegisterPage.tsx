// The register: every promise by the step of the visit at which it is felt, with who owes it to
// whom and whether it is kept. Never ordered by how well it goes.
import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../api/client'
import type { StandardsSearch } from '../../app/router'
import { useSession } from '../../app/useSession'
import { period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { DIMENSIONS } from './content'
import { StandardCard } from './StandardCard'
import { useNames } from './useNames'
import { VerdictShape } from './Verdict'
import { Waiting } from './Waiting'

export function RegisterPage() {
  const { t, named, language } = useTexts()
  useTitle(t('nav-standards'))
  const search = useSearch({ strict: false }) as StandardsSearch
  const navigate = useNavigate()
  const choose = (change: StandardsSearch) =>
    void navigate({ to: '/standards', search: { ...search, ...change }, replace: true })
  const [wanted, setWanted] = useState('')
  const { may } = useSession()
  const names = useNames()
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/standards',
    { params: { query: { period: search.period } } },
    { placeholderData: (before) => before },
  )
  if (error) return <Problem problem={error} />
  if (!data || !names.ready) return <Waiting />
  const find = wanted.trim().toLowerCase()
  const shown = data.standards.filter(
    ({ standard: one }) =>
      (!search.dimension || one.dimension === search.dimension) &&
      (!search.owner || one.owner === search.owner) &&
      (!find ||
        `${one.id} ${named(one.title)} ${named(one.owner_title)}`.toLowerCase().includes(find)),
  )
  const inForce = shown.filter((row) => !row.retired)
  const retired = shown.filter((row) => row.retired)
  const known = new Set(names.touchpoints.map(({ id }) => id))
  const places = [
    ...names.touchpoints,
    // A touchpoint that is gone still has its promises.
    ...[...new Set(inForce.map(({ standard }) => standard.touchpoint))]
      .filter((id) => !known.has(id))
      .map((id) => ({ id, title: id })),
  ]
  const counted = (outcome: string) =>
    data.standards.filter((row) => !row.retired && row.verdict.outcome === outcome).length
  return (
    <Stack gap="lg" maw={1240}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Title order={1} size="h2">
              {data.period
                ? t('standards-title', { period: periodWords(language, data.period) })
                : t('nav-standards')}
            </Title>
            <Text mt={4} maw={760}>
              {t('standards-finding', {
                met: counted('met'),
                not: counted('not_met'),
                undecided: counted('undecided'),
                none: counted('none'),
              })}
            </Text>
          </div>
          <Group gap="xs" className="no-print">
            <Button component={Link} to="/standards/map" variant="default">
              {t('standards-map')}
            </Button>
            {may('change_standards') && (
              <Button component={Link} to="/standards/new">
                {t('standards-new')}
              </Button>
            )}
          </Group>
        </Group>
        <ul className="legend" aria-label={t('legend')}>
          {(['met', 'not_met', 'undecided', 'none'] as const).map((outcome) => (
            <li key={outcome} className="verdict" data-outcome={outcome}>
              <VerdictShape outcome={outcome} size={14} /> {t(`outcome-${outcome}`)}
            </li>
          ))}
        </ul>
        <Group gap="sm" align="flex-end" className="no-print">
          <TextInput
            label={t('standards-find')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            style={{ flex: '1 1 220px', maxWidth: 340 }}
          />
          <NativeSelect
            label={t('dimension')}
            value={search.dimension ?? ''}
            onChange={(event) => choose({ dimension: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('all') },
              ...DIMENSIONS.map((one) => ({ value: one, label: t(`dimension-${one}`) })),
            ]}
          />
          <NativeSelect
            label={t('owner')}
            value={search.owner ?? ''}
            onChange={(event) => choose({ owner: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('all') },
              ...names.list('team').map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
          {data.periods.length > 0 && (
            <NativeSelect
              label={t('period')}
              value={data.period?.id ?? ''}
              onChange={(event) => choose({ period: event.currentTarget.value || undefined })}
              data={data.periods.map((one) => ({
                value: one.id,
                label: periodWords(language, one),
              }))}
            />
          )}
        </Group>
      </Stack>
      {data.standards.length === 0 && (
        <Paper className="paper" withBorder p="xl" maw={760}>
          <Title order={2} size="h4">
            {t('standards-empty')}
          </Title>
          <Text mt={4}>{t('standards-empty-do')}</Text>
        </Paper>
      )}
      {data.standards.length > 0 && shown.length === 0 && (
        <Text role="status">{t('standards-none-found')}</Text>
      )}
      {places.map(({ id, title }) => {
        const rows = inForce.filter(({ standard }) => standard.touchpoint === id)
        if (rows.length === 0) return null
        return (
          <Stack key={id} component="section" gap="sm" aria-label={title}>
            <Title order={2} size="h4">
              {title}
            </Title>
            <div className="cards">
              {rows.map((row) => (
                <StandardCard key={row.standard.id} row={row} names={names} />
              ))}
            </div>
          </Stack>
        )
      })}
      {retired.length > 0 && (
        <Stack component="section" gap="sm" aria-label={t('standards-retired')}>
          <div>
            <Title order={2} size="h4">
              {t('standards-retired')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('standards-retired-note')}
            </Text>
          </div>
          <div className="cards">
            {retired.map((row) => (
              <StandardCard key={row.standard.id} row={row} names={names} />
            ))}
          </div>
        </Stack>
      )}
      {data.snapshot && (
        <Text size="xs" c="dimmed">
          {t('standards-method')} {t('snapshot', { snapshot: data.snapshot })}{' '}
          <MethodLink anchor="share" about={t('nav-standards')} />
        </Text>
      )}
    </Stack>
  )
}
