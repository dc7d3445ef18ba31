// The home page: what can be said, where internal and external meet, what each party says,
// who is not heard, and employees by customer contact.
import { Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { OverviewSearch } from '../../app/router'
import { period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { NothingHeard } from '../NothingHeard'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { Alignment } from './Alignment'
import { Contact } from './Contact'
import { Controls } from './Controls'
import { Delivery } from './Delivery'
import { inOrder } from './inOrder'
import { Lagged } from './Lagged'
import { PartySection } from './PartySection'
import { Saying } from './Saying'
import { UnitDrawer } from './UnitDrawer'

export function OverviewPage() {
  const { t, named, language } = useTexts()
  useTitle(t('nav-overview'))
  const search = useSearch({ strict: false }) as OverviewSearch
  const navigate = useNavigate()
  const choose = (change: OverviewSearch) =>
    void navigate({ to: '/', search: { ...search, ...change }, resetScroll: false })
  const { data: organisation, error: unknown } = api.useQuery('get', '/api/v1/organisation')
  const agreed = organisation !== undefined && !organisation.empty.foundation
  const { period, level, granularity } = search
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/overview',
    { params: { query: { period, level, granularity } } },
    { enabled: agreed, placeholderData: (before) => before },
  )
  const periods = useMemo(() => [...(data?.periods ?? [])].reverse(), [data?.periods])
  if (unknown || error) return <Problem problem={unknown ?? error} />
  if (organisation?.empty.foundation) return <Navigate to="/start" />
  if (!data || !organisation) return <Loader aria-label={t('loading')} />
  if (organisation.empty.facts || !data.period) return <NothingHeard />
  const { alignment, alignment_missing: missing } = data
  const now = data.period.id
  const silent = data.parties.find((one) => one.party.id === missing?.party)
  return (
    <Stack gap="xl" maw={1240}>
      <Stack gap="md">
        <Title order={1} size="h2">
          {t('overview-title', { period: periodWords(language, data.period) })}
        </Title>
        <Saying overview={data} />
        <Controls overview={data} onChoose={choose} />
      </Stack>
      {alignment ? (
        <Alignment
          alignment={alignment}
          selected={search.unit}
          onUnit={(unit) => choose({ unit })}
        />
      ) : (
        <Paper className="paper" withBorder p="md">
          <Title order={2} size="h4">
            {t('alignment-title')}
          </Title>
          <Text mt={4}>
            {t(`alignment-missing-${missing?.reason ?? 'no_pair'}`, {
              party: silent ? named(silent.party.title) : '',
            })}
          </Text>
        </Paper>
      )}
      {alignment && <Lagged alignment={alignment} />}
      {inOrder(data.parties).map((party) => (
        <PartySection
          key={party.party.id}
          party={party}
          period={now}
          periods={periods}
          granularity={data.granularity}
        />
      ))}
      {data.delivery.length > 0 && (
        <Delivery indicators={data.delivery} period={now} periods={periods} />
      )}
      {data.contact && <Contact contact={data.contact} />}
      <UnitDrawer
        unit={search.unit}
        granularity={data.granularity}
        onClose={() => choose({ unit: undefined })}
      />
    </Stack>
  )
}
