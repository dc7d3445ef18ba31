// One indicator between the groups of each attribute: who differs, by how much, and whether
// it may be chance.
import { Skeleton, Stack, Text } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { Section } from './Section'
import { SegmentFigure } from './SegmentFigure'
import type { Window } from './window'

export function WhoDiffers({
  indicator,
  objects,
  window,
}: {
  indicator: Schemas['IndicatorRef']
  objects: Schemas['ObjectView'][]
  window: Window
}) {
  const { t, named, language } = useTexts()
  const attributes = objects.filter((one) => one.kind === 'attribute')
  const found = useQueries({
    queries: attributes.map(({ id }) =>
      api.queryOptions('get', '/api/v1/segments', {
        params: { query: { indicator: indicator.id, attribute: id, ...window } },
      }),
    ),
  })
  const failed = found.find((one) => one.error)
  const views = found.flatMap(({ data }) => (data ? [data] : []))
  const heard = views.filter(isHeard)
  const unheard = views.filter((one) => !isHeard(one)).map((one) => named(one.attribute.title))
  return (
    <Section id="differs" title={t('voices-differs')} lead={named(indicator.title)}>
      {failed ? (
        <Problem problem={failed.error} />
      ) : attributes.length === 0 ? (
        <Text>{t('differs-none-agreed')}</Text>
      ) : views.length < attributes.length ? (
        <Skeleton height={220} radius="md" />
      ) : (
        <Stack gap="sm">
          {heard.map((one) => (
            <SegmentFigure key={one.attribute.id} view={one} />
          ))}
          {unheard.length > 0 && (
            <Text size="sm" c="dimmed">
              {t('differs-unheard', {
                attributes: new Intl.ListFormat(language).format(unheard),
              })}
            </Text>
          )}
        </Stack>
      )}
    </Section>
  )
}

/** Somebody answered in some group, even if it may not be shown. */
const isHeard = ({ groups }: Schemas['SegmentsView']) =>
  groups.some(({ estimate }) => estimate.status !== 'undefined')
