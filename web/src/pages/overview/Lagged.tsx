// Does one side go with the other, given how it stood the period before? With weights and
// without, side by side: what hangs on the weights is called fragile.
import { Paper, Table, Text, Title } from '@mantine/core'
import { Fragment } from 'react'

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
  const cells = (found: Coefficient) => {
    if (found.status !== 'estimate') return ['–', t(reasonKey(found.reason.reason)), '']
    const write = (slope: number) => decimal(language, slope, 3)
    return [
      write(found.slope),
      t('range', { lower: write(found.lower), upper: write(found.upper) }),
      t('lagged-n', { rows: count(language, found.n), units: count(language, found.units) }),
    ]
  }
  const internal = named(alignment.internal.title)
  const external = named(alignment.external.title)
  const fragile = known.filter((one) => one.fragile).length
  const title = t('lagged-title')
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      component="section"
      aria-label={title}
      data-snapshot={alignment.snapshot}
    >
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text mt={4}>
        {fragile > 0 ? t('lagged-fragile', { fragile, all: known.length }) : t('lagged-steady')}{' '}
        {t('association')}
      </Text>
      <Table.ScrollContainer
        minWidth={820}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': title } }}
      >
        <Table fz="sm">
          <caption className="sr-only">{title}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" data-column="name">
                {t('lagged-path')}
              </Table.Th>
              {['lagged-weighted', 'lagged-unweighted'].map((way) => (
                <Fragment key={way}>
                  <Table.Th scope="col" data-column="value">
                    {t(way)}
                  </Table.Th>
                  <Table.Th scope="col" data-column="interval">
                    {t('interval')}
                  </Table.Th>
                  <Table.Th scope="col" data-column="n">
                    n
                  </Table.Th>
                </Fragment>
              ))}
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
                {[...cells(one.weighted), ...cells(one.unweighted)].map((cell, at) => (
                  <Table.Td key={at} className="number">
                    {cell}
                  </Table.Td>
                ))}
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
