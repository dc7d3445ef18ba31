// Employees compared by how much they deal with customers: external, internal, none.
import { SimpleGrid } from '@mantine/core'
import { useMemo } from 'react'

import type { Schemas } from '../../api/types'
import ChartFigure from '../../charts/ChartFigure'
import { groupsOption } from '../../charts/groups'
import { change, factor, value as valueWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useEstimateWords } from './Estimate'

export function Contact({ contact }: { contact: Schemas['ContactOverview'] }) {
  const shown = contact.indicators.filter((one) => one.groups.some((group) => group.estimate.status === 'estimate'))
  return (
    <SimpleGrid cols={{ base: 1, md: shown.length > 1 ? 2 : 1 }} spacing="sm">
      {shown.map((one) => (
        <ContactFigure key={one.indicator.id} one={one} />
      ))}
    </SimpleGrid>
  )
}

function ContactFigure({ one }: { one: Schemas['ContactIndicator'] }) {
  const { t, named, language } = useTexts()
  const words = useEstimateWords()
  const { indicator, groups } = one
  const times = factor(indicator.kind)
  const rows = useMemo(
    () =>
      groups.map((group) => {
        const shown = group.estimate.status === 'estimate' ? group.estimate : null
        const { value, range } = words(group.estimate, indicator.kind)
        return {
          name: named(group.title),
          value: shown ? shown.value * times : null,
          lower: shown?.interval ? shown.interval.lower * times : null,
          upper: shown?.interval ? shown.interval.upper * times : null,
          words: `${named(group.title)}: ${value} ${range}`,
          cells: [named(group.title), value, range],
        }
      }),
    [groups, language],
  )
  const option = useMemo(
    () => (theme: Parameters<typeof groupsOption>[1]) =>
      groupsOption(
        {
          rows,
          target: indicator.target == null ? null : indicator.target * times,
          write: (value) => valueWords(language, indicator.kind, value / times),
        },
        theme,
      ),
    [rows, indicator, language],
  )
  const title = (id: string) => named(groups.find((group) => group.value === id)?.title)
  const clear = one.differences.filter(
    ({ difference }) =>
      difference.status === 'estimate' &&
      difference.interval &&
      (difference.interval.lower > 0 || difference.interval.upper < 0),
  )
  const finding = clear.length
    ? clear
        .map(({ first, second, difference }) =>
          t('contact-differs', {
            first: title(first),
            second: title(second),
            change: difference.status === 'estimate' ? change(language, indicator.kind, difference.value) : '',
          }),
        )
        .join(' ')
    : t('contact-same')
  return (
    <ChartFigure
      title={t('contact-title', { indicator: named(indicator.title) })}
      finding={finding}
      method={t('contact-method')}
      height={190}
      focusSeries={1}
      option={option}
      table={{ head: [t('contact'), t('value'), t('interval-n')], rows: [...rows].reverse().map((row) => row.cells) }}
    />
  )
}
