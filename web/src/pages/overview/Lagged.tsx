// Does one side go with the other, given how it stood the period before? With weights and
// without, side by side: what hangs on the weights is called fragile.
import { Paper, Table, Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { count, decimal } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { reasonKey } from './Estimate'

type View = Schemas['AlignmentView']
type Coefficient = Schemas['Coefficient']

export function Lagged({ alignment }: { alignment: View }) {
  const { t, named, language } = useTexts()
  const known = alignment.lagged?.regressions.filter(
    ({ unweighted }) => unweighted.status === 'estimate',
  )
  if (!known?.length) return null
  const words = (found: Coefficient) =>
    found.status === 'estimate'
      ? t('lagged-estimate', {
          slope: decimal(language, found.slope, 3),
          lower: decimal(language, found.lower, 3),
          upper: decimal(language, found.upper, 3),
          rows: count(language, found.n),
          units: count(language, found.units),
        })
      : t(reasonKey(found.reason.reason))
  const internal = named(alignment.internal.title)
  const external = named(alignment.external.title)
  const fragile = known.filter((one) => one.fragile).length
  const title = t('lagged-title')
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text mt={4}>
        {fragile > 0 ? t('lagged-fragile', { fragile, all: known.length }) : t('lagged-steady')}{' '}
        {t('association')}
      </Text>
      <Table.ScrollContainer
        minWidth={560}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': title } }}
      >
        <Table fz="sm">
          <caption className="sr-only">{title}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('lagged-path')}</Table.Th>
              <Table.Th scope="col">{t('lagged-weighted')}</Table.Th>
              <Table.Th scope="col">{t('lagged-unweighted')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {known.map((one) => (
              <Table.Tr key={one.path}>
                <Table.Th scope="row" fw={500}>
                  {t(`lagged-${one.path}`, { internal, external })}
                  {one.fragile && (
                    <Text size="sm" c="dimmed">
                      {t('lagged-fragile-here')}
                    </Text>
                  )}
                </Table.Th>
                <Table.Td>{words(one.weighted)}</Table.Td>
                <Table.Td>{words(one.unweighted)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {/* Versions of tables are one long word. */}
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t('lagged-method', { snapshot: alignment.snapshot })}
      </Text>
    </Paper>
  )
}
