// Is it kept alike everywhere and always? One sentence for each way to ask.
import { List, Paper, Text } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { decimalPlain } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { MethodLink } from '../methods/MethodLink'
import { hiddenWords, reasonKey } from '../overview/Estimate'
import { Problem } from '../Problem'
import { Section } from '../voices/Section'
import { Waiting } from './Waiting'

const PARTS = ['units', 'weekdays', 'hours'] as const

export function Consistency({ id, unit }: { id: string; unit?: string }) {
  const { t } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/consistency', {
    params: { path: { standard: id }, query: { unit } },
  })
  const say = useSpread()
  return (
    <Section id="consistency" title={t('consistency')} lead={t('consistency-lead')}>
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Waiting />
      ) : (
        <Paper className="paper" withBorder p="md" data-snapshot={data.snapshot}>
          <List spacing={6}>
            {PARTS.map((part) => (
              <List.Item key={part}>{say(part, data[`between_${part}`])}</List.Item>
            ))}
          </List>
          <Text size="xs" c="dimmed" mt="sm">
            {t('consistency-method')} {t('snapshot', { snapshot: data.snapshot })}{' '}
            <MethodLink anchor="consistency" about={t('consistency')} />
          </Text>
        </Paper>
      )}
    </Section>
  )
}

function useSpread() {
  const { t, language } = useTexts()
  // A spread of shares is in points of a hundred.
  const points = (share: number) => decimalPlain(language, Math.round(share * 1000) / 10)
  return (part: (typeof PARTS)[number], { groups, spread }: Schemas['ConsistencyPart']): string => {
    const what = t(`consistency-${part}`, { groups })
    if (spread.status === 'hidden')
      return t('consistency-not', { what, reason: hiddenWords(t, spread.reason) })
    if (spread.status === 'undefined')
      return t('consistency-not', { what, reason: t(reasonKey(spread.reason.reason)) })
    if (spread.status === 'not_reliable')
      return t('consistency-not', { what, reason: t('reason-other') })
    const range = spread.interval
      ? t('range', { lower: points(spread.interval.lower), upper: points(spread.interval.upper) })
      : t(reasonKey(spread.interval_reason?.reason))
    return t(spread.value > 0 ? 'consistency-differs' : 'consistency-alike', {
      what,
      spread: points(spread.value),
      range,
      n: t('n', { n: decimalPlain(language, spread.n) }),
    })
  }
}
