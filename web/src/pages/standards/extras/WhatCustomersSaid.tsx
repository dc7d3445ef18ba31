// What customers said where something came on top: in numbers beside the days without, and in their
// own words. Association only, and the page says so.
import { Paper, Stack, Text, Title } from '@mantine/core'

import { api } from '../../../api/client'
import { count } from '../../../text/format'
import { useTexts } from '../../../text/LanguageProvider'
import { MethodLink } from '../../methods/MethodLink'
import { Problem } from '../../Problem'
import { Waiting } from '../Waiting'
import { Comments } from './Comments'
import { OnBothDays } from './OnBothDays'

export function WhatCustomersSaid({ id, unit }: { id: string; unit?: string }) {
  const { t, language } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/extras', {
    params: { path: { standard: id }, query: { unit } },
  })
  if (error) return <Problem problem={error} />
  if (!data) return <Waiting />
  // Without extras there is nothing to put beside anything; the section above says so.
  if (data.days_with === 0) return null
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      component="section"
      aria-labelledby="extras-said"
      data-snapshot={data.snapshot}
    >
      <Title order={3} size="h4" id="extras-said">
        {t('extras-said')}
      </Title>
      <Text size="sm">
        {t('extras-said-lead', {
          with: count(language, data.days_with),
          without: count(language, data.days_without),
        })}
      </Text>
      <Stack gap="md" mt="md">
        {data.comparisons.map((one) => (
          <OnBothDays key={one.indicator.id} comparison={one} />
        ))}
      </Stack>
      <Text size="sm" mt="sm">
        {t('extras-association')}
      </Text>
      <Comments view={data} />
      <Text size="xs" c="dimmed" mt="sm">
        {t('extras-said-method')} {t('snapshot', { snapshot: data.snapshot })}{' '}
        <MethodLink anchor="onTop" about={t('extras-said')} />
      </Text>
    </Paper>
  )
}
