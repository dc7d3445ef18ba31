// What one party says and how many of it were heard; an empty chair where none were.
import { Anchor, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'

import type { Schemas } from '../../api/types'
import { useSession } from '../../app/useSession'
import { count, decimal, percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Attention } from '../Attention'
import { EmptyChair } from './EmptyChair'
import { IndicatorCard } from './IndicatorCard'

export function PartySection({
  party,
  period,
  periods,
  granularity,
}: {
  party: Schemas['PartyOverview']
  period: string
  granularity: string
  periods: Schemas['PeriodRef'][]
}) {
  const { t, named, language } = useTexts()
  const { may } = useSession()
  const { invited, responded, rate, warning } = party.response
  const answered =
    rate.status === 'estimate' && invited !== null && responded !== null
      ? t('response', {
          rate: percent(language, rate.value),
          responded: count(language, responded),
          invited: count(language, invited),
        })
      : t('response-unknown')
  const title = named(party.party.title)
  const told = party.indicators.filter((one) =>
    one.trend.some(
      ({ estimate: { status } }) => status === 'estimate' || status === 'not_reliable',
    ),
  )
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Group gap="sm" align="baseline">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          {party.heard ? answered : t('not-heard')}
        </Text>
        <Anchor
          size="sm"
          className="no-print"
          aria-label={t('voices-of', { party: title })}
          renderRoot={(props) => (
            <Link {...props} to="/voices" search={{ party: party.party.id, period, granularity }} />
          )}
        >
          {t('voices-more')}
        </Anchor>
      </Group>
      {!party.heard && (
        <div className="attention chair">
          <Group gap="md" wrap="nowrap" align="center">
            <EmptyChair />
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text fw={600}>{t('empty-chair', { party: title })}</Text>
              <Text size="sm">{t('empty-chair-do')}</Text>
              {may('bring_in') && (
                <Button
                  component={Link}
                  to="/import"
                  variant="default"
                  size="xs"
                  mt={8}
                  className="no-print"
                >
                  {t('ask-them')}
                </Button>
              )}
            </div>
          </Group>
        </div>
      )}
      <Warning warning={warning} />
      {told.length > 0 && (
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
          {told.map((one) => (
            <IndicatorCard
              key={one.indicator.id}
              overview={one}
              period={period}
              periods={periods}
            />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  )
}

/** Said only where those who answer may differ from those who do not. */
export function Warning({ warning }: { warning: Schemas['ResponseView']['warning'] }) {
  const { t, language } = useTexts()
  if (!warning?.warn) return null
  return (
    <Attention title={t('nonresponse-title')}>
      {t('nonresponse', {
        direction: warning.r > 0 ? 'higher' : 'lower',
        r: decimal(language, warning.r),
        lower: warning.lower === null ? '–' : decimal(language, warning.lower),
        upper: warning.upper === null ? '–' : decimal(language, warning.upper),
        units: warning.units,
      })}
    </Attention>
  )
}
