// What those who owe a standard say of it: do they know it, can they, do they want to? A framework
// is one that people can and want to keep.
import { Paper, Table, Text } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { percent, period } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'
import { useEstimateWords } from '../overview/Estimate'
import { Problem } from '../Problem'
import { Section } from '../voices/Section'
import { Sparkline } from './Sparkline'
import { Waiting } from './Waiting'

type View = Schemas['KeepersView']
type Share = Schemas['KeeperShareView']

export function Keepers({ id, unit }: { id: string; unit?: string }) {
  const { t, named } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/keepers', {
    params: { path: { standard: id }, query: { unit } },
  })
  const party = named(data?.party?.title)
  return (
    <Section
      id="keepers"
      title={t('keepers')}
      lead={party ? t('keepers-lead', { party }) : undefined}
    >
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Waiting />
      ) : data.shares.length === 0 ? (
        <Paper className="paper" withBorder p="md">
          <Text>{data.party ? t('keepers-none', { party }) : t('keepers-nobody')}</Text>
        </Paper>
      ) : (
        <Said view={data} />
      )}
    </Section>
  )
}

function Said({ view }: { view: View }) {
  const { t, language } = useTexts()
  const quarter = view.period ? period(language, view.period) : ''
  return (
    <Paper
      className="paper"
      withBorder
      p="md"
      data-snapshot={view.shares[0]?.latest.snapshot ?? ''}
    >
      <Text fw={600} mb={4}>
        <Weakest view={view} />
      </Text>
      <Table.ScrollContainer
        minWidth={520}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('keepers') },
        }}
      >
        <Table>
          <caption className="sr-only">{t('keepers')}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th data-column="name">{t('keepers-say', { quarter })}</Table.Th>
              <Table.Th data-column="value">{t('keepers-share')}</Table.Th>
              <Table.Th data-column="interval">{t('interval')}</Table.Th>
              <Table.Th data-column="n">n</Table.Th>
              <Table.Th data-column="given">{t('keepers-trend')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {view.shares.map((share) => (
              <Row key={share.asks} share={share} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt="sm">
        {t('keepers-method')} {t('snapshot', { snapshot: view.shares[0]?.latest.snapshot ?? '' })}{' '}
        <MethodLink anchor="share" about={t('keepers')} />
      </Text>
    </Paper>
  )
}

function Row({ share }: { share: Share }) {
  const { t, language } = useTexts()
  const words = useEstimateWords()(share.latest, 'share')
  const found = share.latest.status === 'estimate' ? share.latest : null
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={600} data-column="name">
        {t(`keepers-${share.asks}`)}
      </Table.Th>
      <Table.Td className="number" data-column="value">
        {found && (
          <>
            <span className="keeper-bar" aria-hidden="true">
              <span style={{ width: `${found.value * 100}%` }} />
            </span>
            {percent(language, found.value)}
          </>
        )}
      </Table.Td>
      <Table.Td className={found ? 'number' : undefined} data-column="interval">
        {words.range}
      </Table.Td>
      <Table.Td className="number" data-column="n">
        {found?.n}
      </Table.Td>
      <Table.Td data-column="given">
        <Sparkline trend={share.trend} target={null} span={[0, 1]} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Which of them holds people back most, in a sentence; nothing where that cannot be told. */
function Weakest({ view }: { view: View }) {
  const { t, language } = useTexts()
  const known = view.shares.flatMap(({ asks, latest }) =>
    latest.status === 'estimate' && latest.interval
      ? [{ asks, value: latest.value, upper: latest.interval.upper, lower: latest.interval.lower }]
      : [],
  )
  if (known.length < view.shares.length) return t('keepers-some-hidden')
  const [lowest, next] = [...known].sort((a, b) => a.value - b.value)
  if (!lowest || !next) return null
  // Only where chance does not explain which is the lowest.
  if (lowest.upper >= next.lower) return t('keepers-alike')
  return t(`keepers-weakest-${lowest.asks}`, { share: percent(language, lowest.value) })
}
