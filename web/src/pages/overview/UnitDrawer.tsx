// One unit over time, with every party's indicators beside each other.
import { Drawer, Loader, Stack, Text, Title } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { percent, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { NotAScore, useEstimateWords } from './Estimate'
import { inOrder } from './inOrder'
import { useTrend } from './useTrend'

type Trends = Schemas['UnitTrends']

export function UnitDrawer({
  unit,
  granularity,
  onClose,
}: {
  unit?: string
  granularity: string
  onClose: () => void
}) {
  const { t, named } = useTexts()
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/units/{unit}/trends',
    { params: { path: { unit: unit ?? '' }, query: { granularity } } },
    { enabled: unit !== undefined },
  )
  return (
    <Drawer
      opened={unit !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={
        <Text component="span" fw={700} fz="lg">
          {data ? named(data.unit.title) : t('loading')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {error ? (
        <Problem problem={error} />
      ) : data ? (
        <Trends trends={data} />
      ) : (
        <Loader aria-label={t('loading')} />
      )}
    </Drawer>
  )
}

function Trends({ trends }: { trends: Trends }) {
  const { t, named, language } = useTexts()
  const rate = (party: string) => {
    const found = trends.response.find((one) => one.party === party)?.rate
    return found?.status === 'estimate'
      ? t('response-rate', { rate: percent(language, found.value) })
      : null
  }
  return (
    <Stack gap="lg">
      {inOrder(trends.parties).map(({ party, indicators }) => {
        const told = indicators.filter(hasNumber)
        return (
          <Stack key={party.id} gap="xs">
            <div>
              <Title order={3} size="h5">
                {named(party.title)}
              </Title>
              {rate(party.id) && (
                <Text size="sm" c="dimmed">
                  {rate(party.id)}
                </Text>
              )}
            </div>
            {told.length === 0 ? (
              <Text size="sm" className="attention chair">
                {t('unit-not-heard', { party: named(party.title), minimum: party.minimum_n })}
              </Text>
            ) : (
              told.map((one) => (
                <UnitTrend key={one.indicator.id} one={one} periods={trends.periods} />
              ))
            )}
          </Stack>
        )
      })}
      {trends.delivery.some(hasNumber) && (
        <Stack gap="xs">
          <Title order={3} size="h5">
            {t('delivery')}
          </Title>
          {trends.delivery.filter(hasNumber).map((one) => (
            <UnitTrend key={one.indicator.id} one={one} periods={trends.periods} />
          ))}
        </Stack>
      )}
    </Stack>
  )
}

const hasNumber = ({ trend }: Schemas['IndicatorTrend']) =>
  trend.some(({ estimate: { status } }) => status === 'estimate' || status === 'not_reliable')

function UnitTrend({
  one,
  periods,
}: {
  one: Schemas['IndicatorTrend']
  periods: Schemas['PeriodRef'][]
}) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { indicator } = one
  const { option, table, spoken } = useTrend(indicator, one.trend, { small: false, periods })
  const last = [...one.trend].reverse().find((point) => point.estimate.status === 'estimate')
  const now = last && words(last.estimate, indicator.kind)
  const doubt = one.trend.find((point) => point.estimate.status === 'not_reliable')?.estimate
  if (doubt) {
    return (
      <div data-snapshot={doubt.snapshot}>
        <Title order={4} size="h5">
          {named(indicator.title)}
        </Title>
        <NotAScore estimate={doubt} />
      </div>
    )
  }
  return (
    <ChartFigure
      level={4}
      title={named(indicator.title)}
      finding={now ? t('last-known', { estimate: now.all }) : t('reason-no_answers')}
      method={[
        t('trend-method'),
        indicator.target === null
          ? ''
          : t('trend-target', { target: valueWords(language, indicator.kind, indicator.target) }),
      ].join(' ')}
      snapshot={last?.estimate.snapshot}
      height={180}
      focusSeries={1}
      option={option}
      table={table}
      spoken={spoken}
    />
  )
}
