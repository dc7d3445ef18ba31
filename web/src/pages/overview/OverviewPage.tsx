// The home page: where internal and external meet, what each party says, who is not heard.
import { Button, Group, Loader, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'

import { api } from '../../api/client'
import type { OverviewSearch } from '../../app/router'
import { period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { Alignment } from './Alignment'
import { Contact } from './Contact'
import { Delivery } from './Delivery'
import { PartySection } from './PartySection'
import { UnitDrawer } from './UnitDrawer'

export function OverviewPage() {
  const { t, named, language } = useTexts()
  const search = useSearch({ strict: false }) as OverviewSearch
  const navigate = useNavigate()
  const choose = (change: OverviewSearch) =>
    void navigate({ to: '/', search: { ...search, ...change }, resetScroll: false })
  const { data: organisation } = api.useQuery('get', '/api/v1/organisation')
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/overview',
    { params: { query: { period: search.period, level: search.level, granularity: search.granularity } } },
    { placeholderData: (before) => before },
  )
  if (organisation?.empty.foundation) return <Navigate to="/start" />
  if (error) return <Problem problem={error} />
  if (!data || !organisation) return <Loader aria-label={t('loading')} />
  if (organisation.empty.facts || !data.period) {
    return (
      <Paper className="paper" withBorder p="xl">
        <Title order={1} size="h3">{t('empty-facts')}</Title>
        <Text my="md">{t('empty-facts-do')}</Text>
        <Button component={Link} to="/import">{t('nav-import')}</Button>
      </Paper>
    )
  }
  const level = data.levels.find((one) => one.id === data.level)
  return (
    <Stack gap="lg" maw={1240}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <div>
          <Title order={1} size="h2">{t('overview-title', { period: periodWords(language, data.period) })}</Title>
          <Text mt={4} maw={760}>
            {t(`opened-${data.opened.reason}`, {
              level: named(level?.title),
              shown: data.opened.units_shown,
              total: data.opened.units_total,
              minimum: data.opened.minimum_n,
            })}
          </Text>
        </div>
        <Group gap="sm" className="no-print">
          <NativeSelect
            label={t('period')}
            size="xs"
            value={data.period.id}
            onChange={(event) => choose({ period: event.currentTarget.value })}
            data={data.periods.map((one) => ({ value: one.id, label: periodWords(language, one) }))}
          />
          <NativeSelect
            label={t('granularity')}
            size="xs"
            value={data.granularity}
            onChange={(event) => choose({ granularity: event.currentTarget.value, period: undefined })}
            data={data.granularities.map((one) => ({ value: one, label: t(`granularity-${one}`) }))}
          />
          <NativeSelect
            label={t('level')}
            size="xs"
            value={data.level ?? ''}
            onChange={(event) => choose({ level: event.currentTarget.value })}
            data={data.levels.map((one) => ({ value: one.id, label: `${named(one.title)} (${one.units_shown}/${one.units})` }))}
          />
        </Group>
      </Group>
      {data.alignment ? (
        <Alignment alignment={data.alignment} selected={search.unit} onUnit={(unit) => choose({ unit })} />
      ) : (
        <Paper className="paper" withBorder p="md">
          <Title order={2} size="h4">{t('alignment-title')}</Title>
          <Text>{t(`alignment-missing-${data.alignment_missing?.reason ?? 'no_pair'}`)}</Text>
        </Paper>
      )}
      {data.parties.map((party) => (
        <PartySection key={party.party.id} party={party} />
      ))}
      {data.contact && <Contact contact={data.contact} />}
      {data.delivery.length > 0 && <Delivery indicators={data.delivery} />}
      <Text size="xs" c="dimmed">{t('snapshot', { snapshot: data.snapshot })}</Text>
      <UnitDrawer unit={search.unit} granularity={data.granularity} onClose={() => choose({ unit: undefined })} />
    </Stack>
  )
}
