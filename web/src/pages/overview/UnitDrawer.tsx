// One unit over time, with every party's indicators beside each other.
import { Drawer, Loader, Stack, Text, Title } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useEstimateWords } from './Estimate'
import { useTrend } from './IndicatorCard'

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
      title={<Text component="span" fw={700} fz="lg">{named(data?.unit.title)}</Text>}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Loader aria-label={t('loading')} />
      ) : (
        <Stack gap="lg">
          {data.parties.map(({ party, indicators }) => (
            <Stack key={party.id} component="section" gap="xs" aria-label={named(party.title)}>
              <Title order={3} size="h5">{named(party.title)}</Title>
              {indicators.every(({ trend }) => trend.every((point) => point.estimate.status !== 'estimate')) ? (
                <Text size="sm" className="chair">{t('unit-not-heard', { party: named(party.title), minimum: party.minimum_n })}</Text>
              ) : (
                indicators
                  .filter(({ trend }) => trend.some((point) => point.estimate.status === 'estimate'))
                  .map((one) => <UnitTrend key={one.indicator.id} one={one} />)
              )}
            </Stack>
          ))}
          {data.delivery.length > 0 && (
            <Stack component="section" gap="xs" aria-label={t('delivery')}>
              <Title order={3} size="h5">{t('delivery')}</Title>
              {data.delivery.map((one) => (
                <UnitTrend key={one.indicator.id} one={one} />
              ))}
            </Stack>
          )}
          <Text size="xs" c="dimmed">{t('snapshot', { snapshot: data.snapshot })}</Text>
        </Stack>
      )}
    </Drawer>
  )
}

function UnitTrend({ one }: { one: Schemas['IndicatorTrend'] }) {
  const { t, named } = useTexts()
  const words = useEstimateWords()
  const { option, table } = useTrend(one.indicator, one.trend, false)
  const last = [...one.trend].reverse().find((point) => point.estimate.status === 'estimate')
  const now = last ? words(last.estimate, one.indicator.kind) : { value: '–', range: '' }
  return (
    <ChartFigure
      title={named(one.indicator.title)}
      finding={`${t('last-known')}: ${now.value} (${now.range})`}
      method=""
      height={170}
      focusSeries={1}
      option={option}
      table={table}
    />
  )
}
