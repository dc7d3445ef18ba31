// What one party says and how many of it were heard; an empty chair where none were.
import { Alert, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count, decimal, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { IndicatorCard } from './IndicatorCard'

export function PartySection({ party }: { party: Schemas['PartyOverview'] }) {
  const { t, named, language } = useTexts()
  const { response } = party
  const rate =
    response.rate.status === 'estimate' && response.invited != null && response.responded != null
      ? t('response', {
          rate: percent(language, response.rate.value),
          responded: count(language, response.responded),
          invited: count(language, response.invited),
        })
      : t('response-unknown')
  const title = named(party.party.title)
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Group gap="sm" align="baseline">
        <Title order={2} size="h4">{title}</Title>
        <Text size="sm" c="dimmed">{party.heard ? rate : t('not-heard')}</Text>
      </Group>
      {!party.heard && (
        <div className="chair">
          <Group gap="md" wrap="nowrap">
            <EmptyChair />
            <div>
              <Text fw={600}>{t('empty-chair', { party: title })}</Text>
              <Text size="sm">{t('empty-chair-do')}</Text>
            </div>
          </Group>
        </div>
      )}
      {response.warning?.warn && (
        <Alert color="orange" variant="light" title={t('nonresponse-title')}>
          <Text size="sm">
            {t('nonresponse', { indicator: title, r: decimal(language, response.warning.r), units: response.warning.units })}
          </Text>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
        {party.indicators.map((one) => (
          <IndicatorCard key={one.indicator.id} overview={one} />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

function EmptyChair() {
  return (
    <svg width="44" height="52" viewBox="0 0 44 52" aria-hidden="true">
      <path d="M12 3h20v24H12zM9 27h26v6H9zM11 33v16M33 33v16M11 42h22" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinejoin="round" strokeDasharray="4 3" />
    </svg>
  )
}
