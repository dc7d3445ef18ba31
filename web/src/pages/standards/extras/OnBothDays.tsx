// One indicator of customers on both kinds of days, with what can be said about the two.
import { Table, Text } from '@mantine/core'

import type { Schemas } from '../../../api/types'
import { ONE_RESULT } from '../../../charts/columns'
import { useTexts } from '../../../text/LanguageProvider'
import { useEstimateWords } from '../../overview/Estimate'

export function OnBothDays({ comparison }: { comparison: Schemas['ExtraComparison'] }) {
  const { t, named } = useTexts()
  const words = useEstimateWords()
  const { indicator, finding } = comparison
  const title = named(indicator.title)
  const rows = (['with', 'without'] as const).map((which) => ({
    which,
    said: words(comparison[which], indicator.kind),
  }))
  return (
    <div>
      <Text fw={600}>{title}</Text>
      <Text size="sm" data-finding={finding}>
        {t(`extras-finding-${finding}`)}
      </Text>
      <Table.ScrollContainer
        minWidth={300}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': title } }}
      >
        <Table fz="sm">
          <caption className="sr-only">{title}</caption>
          <Table.Thead>
            <Table.Tr>
              {[t('extras-days'), title, t('interval'), 'n'].map((head, at) => (
                <Table.Th key={at} scope="col" data-column={ONE_RESULT[at]}>
                  {at === 1 ? t('value') : head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ which, said }) => (
              <Table.Tr key={which}>
                <Table.Th scope="row" fw={500}>
                  {t(`extras-days-${which}`)}
                </Table.Th>
                <Table.Td className="number">{said.value}</Table.Td>
                <Table.Td className="number">{said.range}</Table.Td>
                <Table.Td className="number">{said.n}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}
