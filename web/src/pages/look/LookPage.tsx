// The page of a team lead with a phone in one hand: pick a standard, say what is there, save. It
// works without a network; what is saved waits on the phone and is sent when it can.
import { Anchor, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import { api } from '../../api/client'
import type { LookSearch } from '../../app/router'
import { useSession } from '../../app/useSession'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { standardOf, type Standard } from '../standards/content'
import { inTreeOrder } from '../standards/units'
import { useNames } from '../standards/useNames'
import { Waiting } from '../standards/Waiting'
import { useTitle } from '../useTitle'
import { keepPage } from './keep'
import { LookForm } from './LookForm'
import { clockAt, useMoments } from './moments'
import { PickStandard } from './PickStandard'
import { QueueList } from './QueueList'
import { useQueue } from './useQueue'

const REMEMBERED = 'evenkeel-look-unit'

export function LookPage() {
  const { t, named } = useTexts()
  useTitle(t('nav-look'))
  const search = useSearch({ strict: false }) as LookSearch
  const navigate = useNavigate()
  const go = (change: LookSearch) =>
    void navigate({ to: '/look', search: { ...search, ...change } })
  const { session, may, units: own } = useSession()
  const names = useNames()
  const { data: units, error } = api.useQuery('get', '/api/v1/units')
  const person = session?.person?.account
  const queue = useQueue(person?.id)
  const now = useMinute()

  useEffect(() => void keepPage(), [])

  const listed = inTreeOrder(units?.units ?? [], own('observe'))
  const remembered = localStorage.getItem(REMEMBERED)
  const wanted = search.unit ?? remembered ?? undefined
  const unit =
    listed.find((one) => one.unit.id === wanted)?.unit ??
    (listed.length === 1 ? listed[0].unit : undefined)
  const zone = zoneOf(names, unit?.id)
  const moments = useMoments(unit?.id, clockAt(now, zone).slice(0, 10))

  if (error && !units) return <Problem problem={error} />
  if (!units || !names.ready || !person) return <Waiting />
  if (!may('observe'))
    return (
      <Stack maw={560}>
        <Title order={1} size="h2">
          {t('nav-look')}
        </Title>
        <Text>{t('look-may-not')}</Text>
      </Stack>
    )
  const standards = names.objects
    .filter((one) => one.kind === 'standard')
    .map((one) => standardOf(one.content))
    .filter((one): one is Standard => one !== null)
  const chosen = standards.find((one) => one.id === search.standard)
  return (
    <Stack gap="md" maw={560} mx="auto" className="look">
      <div>
        <Title order={1} size="h2">
          {chosen ? named(chosen.title) : t('look-title')}
        </Title>
        {chosen ? (
          <Anchor
            component="button"
            type="button"
            className="look-back"
            onClick={() => go({ standard: undefined })}
          >
            ← {t('look-other')}
          </Anchor>
        ) : (
          <Text mt={4}>{t('look-lead')}</Text>
        )}
      </div>
      {listed.length > 1 && (
        <NativeSelect
          size="lg"
          label={t('unit')}
          value={unit?.id ?? ''}
          onChange={(event) => {
            localStorage.setItem(REMEMBERED, event.currentTarget.value)
            go({ unit: event.currentTarget.value })
          }}
          data={[
            ...(unit ? [] : [{ value: '', label: t('choose') }]),
            ...listed.map((one) => ({
              value: one.unit.id,
              label: `${'\u2003'.repeat(one.depth)}${named(one.unit.title)}`,
            })),
          ]}
        />
      )}
      {!unit && <Text role="status">{t('look-choose-unit')}</Text>}
      {unit && !chosen && (
        <PickStandard
          standards={standards}
          names={names}
          moments={moments}
          clock={clockAt(now, zone)}
          onPick={(standard) => go({ standard, unit: unit.id })}
        />
      )}
      {unit && chosen && (
        <LookForm
          // Another standard or another place is another look.
          key={`${chosen.id}/${unit.id}`}
          standard={chosen}
          unit={unit.id}
          unitTitle={named(unit.title)}
          account={person}
          moments={moments}
          timeZone={zone}
          onSaved={queue.tryNow}
        />
      )}
      <QueueList queue={queue} />
    </Stack>
  )
}

/** The time zone of a unit, of one above it, or of the organisation. */
function zoneOf(names: ReturnType<typeof useNames>, unit: string | undefined): string {
  const content = (kind: string, id?: string) =>
    names.objects.find((one) => one.kind === kind && (id === undefined || one.id === id))
      ?.content as { time_zone?: string; parent?: string } | undefined
  const seen = new Set<string>()
  for (let at = unit; at && !seen.has(at); at = content('unit', at)?.parent) {
    seen.add(at)
    const zone = content('unit', at)?.time_zone
    if (zone) return zone
  }
  return content('organisation')?.time_zone ?? 'UTC'
}

/** Now, as often as a clock without seconds changes. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
