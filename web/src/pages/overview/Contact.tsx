// Employees compared by how much they deal with customers: external, internal, none.
import { SimpleGrid, Stack, Title } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { ONE_RESULT } from '../../charts/columns'
import { groupsOption } from '../../charts/groups'
import type { ChartTheme } from '../../charts/theme'
import { change, factor, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from './Estimate'

export function Contact({ contact }: { contact: Schemas['ContactOverview'] }) {
  const { t } = useTexts()
  const shown = contact.indicators.filter((one) =>
    one.groups.some((group) => group.estimate.status === 'estimate'),
  )
  if (shown.length === 0) return null
  return (
    <Stack component="section" gap="sm" aria-label={t('contact')}>
      <Title order={2} size="h4">
        {t('contact')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: shown.length > 1 ? 2 : 1 }} spacing="sm">
        {shown.map((one) => (
          <ContactFigure key={one.indicator.id} one={one} />
        ))}
      </SimpleGrid>
    </Stack>
  )
}

function ContactFigure({ one }: { one: Schemas['ContactIndicator'] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { indicator, groups } = one
  const drawn = useMemo(() => {
    const times = factor(indicator.kind)
    const rows = groups.map((group) => {
      const shown = group.estimate.status === 'estimate' ? group.estimate : null
      const told = words(group.estimate, indicator.kind)
      return {
        name: named(group.title),
        value: shown ? shown.value * times : null,
        lower: shown?.interval ? shown.interval.lower * times : null,
        upper: shown?.interval ? shown.interval.upper * times : null,
        words: `${named(group.title)}: ${told.all}`,
        note: shown ? undefined : told.range,
        cells: [named(group.title), told.value, told.range, shown ? String(shown.n) : ''],
      }
    })
    return {
      rows,
      option: (theme: ChartTheme) =>
        groupsOption(
          {
            rows,
            target: indicator.target === null ? null : indicator.target * times,
            write: (value) => valueWords(language, indicator.kind, value / times),
          },
          theme,
        ),
    }
    // words and named change with the language alone.
  }, [indicator, groups, language])
  const title = (id: string) => named(groups.find((group) => group.value === id)?.title)
  const clear = one.differences.flatMap(({ first, second, difference }) =>
    difference.status === 'estimate' &&
    difference.interval &&
    (difference.interval.lower > 0 || difference.interval.upper < 0)
      ? [
          t('contact-differs', {
            first: title(first),
            second: title(second),
            change: change(language, indicator.kind, difference.value),
            lower: change(language, indicator.kind, difference.interval.lower),
            upper: change(language, indicator.kind, difference.interval.upper),
          }),
        ]
      : [],
  )
  return (
    <ChartFigure
      title={named(indicator.title)}
      finding={clear.length > 0 ? clear.join(' ') : t('contact-same')}
      method={t('contact-method')}
      anchor="differences"
      snapshot={groups.find((group) => group.estimate.snapshot)?.estimate.snapshot}
      height={150}
      focusSeries={1}
      option={drawn.option}
      spoken={drawn.rows.map((row) => row.words)}
      table={{
        head: [t('group'), t('value'), t('interval'), 'n'],
        columns: ONE_RESULT,
        rows: drawn.rows.map((row) => row.cells),
      }}
    />
  )
}
