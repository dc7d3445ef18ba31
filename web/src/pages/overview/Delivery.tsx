// Promises: what was kept of the standards that were looked at.
import { SimpleGrid, Stack, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { IndicatorCard } from './IndicatorCard'

export function Delivery({
  indicators,
  period,
  periods,
}: {
  indicators: Schemas['IndicatorOverview'][]
  period: string
  periods: Schemas['PeriodRef'][]
}) {
  const { t } = useTexts()
  return (
    <Stack component="section" gap="sm" aria-label={t('delivery')}>
      <Title order={2} size="h4">
        {t('delivery')}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="sm">
        {indicators.map((one) => (
          <IndicatorCard key={one.indicator.id} overview={one} period={period} periods={periods} />
        ))}
      </SimpleGrid>
    </Stack>
  )
}
