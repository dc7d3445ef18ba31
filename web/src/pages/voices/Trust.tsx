// How far to trust what was answered: whether questions measure one thing, whether answers may
// be reported by unit, whether raters agree.
import { Skeleton, Stack, Text } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { ItemsByUnit } from './ItemsByUnit'
import { RaterScore } from './RaterScore'
import { ScaleFigure } from './ScaleFigure'
import { Section } from './Section'
import { instrumentsOf, rubricsOf, type Window } from './window'

export function Trust({
  party,
  objects,
  window,
}: {
  party: Schemas['PartyRef']
  objects: Schemas['ObjectView'][]
  window: Window
}) {
  const { t } = useTexts()
  const instruments = instrumentsOf(objects, party.id)
  const rubrics = rubricsOf(objects, party.id)
  return (
    <Section id="trust" title={t('voices-trust')}>
      {instruments.length + rubrics.length === 0 && <Text>{t('trust-none')}</Text>}
      {instruments.map((one) => (
        <InstrumentTrust key={one.id} id={one.id} window={window} />
      ))}
      {rubrics.map((one) => (
        <RaterScore key={one.id} standard={one.id} window={window} />
      ))}
    </Section>
  )
}

function InstrumentTrust({ id, window }: { id: string; window: Window }) {
  const { t, named } = useTexts()
  const { data: organisation } = api.useQuery('get', '/api/v1/organisation')
  const { data, error } = api.useQuery('get', '/api/v1/reliability', {
    params: { query: { of: `instrument:${id}`, ...window } },
  })
  if (error) return <Problem problem={error} />
  if (!data) return <Skeleton height={260} radius="md" />
  const level = organisation?.levels.find((one) => one.id === data.level)
  const unit = level ? named(level.title) : t('unit')
  if (data.scales.length + data.items.length === 0) {
    return <Text>{t('trust-no-questions', { instrument: named(data.of.title) })}</Text>
  }
  return (
    <Stack gap="sm">
      {data.scales.map((scale) => (
        <ScaleFigure key={scale.id} scale={scale} unit={unit} view={data} />
      ))}
      {data.items.length > 0 && <ItemsByUnit view={data} unit={unit} />}
    </Stack>
  )
}
