// What each group says: how they are, what they said, what goes with it, who differs, and how
// far to trust it. Everything that is chosen stands in the address.
import { Anchor, Button, Group, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { Link, Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import type { VoicesSearch } from '../../app/router'
import { count, percent, period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { NothingHeard } from '../NothingHeard'
import { PeriodControls } from '../overview/Controls'
import { EmptyChair } from '../overview/EmptyChair'
import { inOrder } from '../overview/inOrder'
import { Warning } from '../overview/PartySection'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { GoesWith } from './GoesWith'
import { HowTheyAre } from './HowTheyAre'
import { PartyTabs } from './PartyTabs'
import { Trust } from './Trust'
import { WhatTheySaid } from './WhatTheySaid'
import { WhoDiffers } from './WhoDiffers'
import { windowOf } from './window'

/** The parts of the page, in the order in which they are read. */
const PARTS = ['are', 'said', 'goes', 'differs', 'trust'] as const

/** What an indicator has to be made of for questions to go with it. */
const OF_ANSWERS: Schemas['IndicatorKind'][] = ['nps', 'top_box', 'mean', 'share']

export function VoicesPage() {
  const { t, named, language } = useTexts()
  const search = useSearch({ strict: false }) as VoicesSearch
  const navigate = useNavigate()
  const choose = (change: VoicesSearch) =>
    void navigate({ to: '/voices', search: { ...search, ...change }, resetScroll: false })
  const { data: organisation, error: unknown } = api.useQuery('get', '/api/v1/organisation')
  const agreed = organisation !== undefined && !organisation.empty.foundation
  const { period, granularity } = search
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/overview',
    { params: { query: { period, granularity } } },
    { enabled: agreed, placeholderData: (before) => before },
  )
  const { data: foundation } = api.useQuery('get', '/api/v1/foundation', {}, { enabled: agreed })
  const parties = useMemo(() => inOrder(data?.parties ?? []), [data?.parties])
  const party = parties.find((one) => one.party.id === search.party) ?? parties[0]
  useTitle(party ? `${named(party.party.title)} · ${t('nav-voices')}` : t('nav-voices'))
  if (unknown || error) return <Problem problem={unknown ?? error} />
  if (organisation?.empty.foundation) return <Navigate to="/start" />
  if (!data || !organisation || !foundation) return <Loader aria-label={t('loading')} />
  if (organisation.empty.facts || !data.period || !party) return <NothingHeard />
  const indicators = organisation.indicators.filter((one) => one.party === party.party.id)
  const asked = indicators.filter((one) => OF_ANSWERS.includes(one.kind))
  const about =
    asked.find((one) => one.id === search.indicator) ??
    asked.find((one) => one.headline) ??
    asked[0]
  const window = windowOf(data.period)
  return (
    <Stack gap={36} maw={1080}>
      <Stack gap="md">
        <Title order={1} size="h2">
          {t('voices-title', { period: periodWords(language, data.period) })}
        </Title>
        <PartyTabs parties={parties} chosen={party.party.id} search={search} />
        <Group gap="sm" align="flex-end" className="no-print">
          <PeriodControls overview={data} onChoose={choose} />
        </Group>
        {party.heard ? <Heard party={party} /> : <LastHeard party={party} search={search} />}
        {party.heard && (
          <nav aria-label={t('voices-on-page')} className="parts no-print">
            {PARTS.map((part) => (
              <Anchor key={part} href={`#${part}`} size="sm">
                {t(`voices-${part}`)}
              </Anchor>
            ))}
          </nav>
        )}
      </Stack>
      <HowTheyAre
        party={party}
        indicators={indicators}
        objects={foundation.objects}
        period={data.period}
        periods={data.periods}
        granularity={data.granularity}
      />
      {party.heard && (
        <>
          <WhatTheySaid party={party.party} objects={foundation.objects} window={window} />
          {about && (
            <NativeSelect
              label={t('voices-about')}
              description={t('voices-about-note')}
              maw={460}
              className="no-print"
              value={about.id}
              onChange={(event) => choose({ indicator: event.currentTarget.value })}
              data={asked.map((one) => ({ value: one.id, label: named(one.title) }))}
            />
          )}
          {about && <GoesWith indicator={about} window={window} />}
          {about && <WhoDiffers indicator={about} objects={foundation.objects} window={window} />}
          <Trust party={party.party} objects={foundation.objects} window={window} />
        </>
      )}
    </Stack>
  )
}

/** How many of this group were heard, and whether that may colour what they say. */
function Heard({ party }: { party: Schemas['PartyOverview'] }) {
  const { t, language } = useTexts()
  const { invited, responded, rate } = party.response
  return (
    <Stack gap="xs">
      <Text>
        {rate.status === 'estimate' && invited !== null && responded !== null
          ? t('response', {
              rate: percent(language, rate.value),
              responded: count(language, responded),
              invited: count(language, invited),
            })
          : t('response-unknown')}
      </Text>
      <Warning warning={party.response.warning} />
    </Stack>
  )
}

/** An empty chair, and the way to where this group was heard before. */
function LastHeard({ party, search }: { party: Schemas['PartyOverview']; search: VoicesSearch }) {
  const { t, named, language } = useTexts()
  const heard = party.indicators
    .flatMap(({ trend }) => trend)
    .filter(({ estimate }) => estimate.status === 'estimate')
    .map(({ period }) => period)
    .sort((one, other) => other.start.localeCompare(one.start))[0]
  return (
    <div className="attention chair">
      <Group gap="md" wrap="nowrap" align="center">
        <EmptyChair />
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={600}>{t('empty-chair', { party: named(party.party.title) })}</Text>
          <Text size="sm">{t('empty-chair-do')}</Text>
          <Group gap="xs" mt={8} className="no-print">
            <Button component={Link} to="/import" variant="default" size="xs">
              {t('ask-them')}
            </Button>
            {heard && (
              <Button
                variant="default"
                size="xs"
                renderRoot={(props) => (
                  <Link
                    {...props}
                    to="/voices"
                    search={{ ...search, party: party.party.id, period: heard.id }}
                  />
                )}
              >
                {t('voices-last-heard', { period: periodWords(language, heard) })}
              </Button>
            )}
          </Group>
        </div>
      </Group>
    </div>
  )
}
