// What the limits would be if these days were the normal ones.
import { Text } from '@mantine/core'

import { api } from '../../../api/client'
import type { Schemas } from '../../../api/types'
import { count, period } from '../../../text/format'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'
import { controlNumber } from '../controlNumber'

export function Preview({
  id,
  view,
  from,
  to,
}: {
  id: string
  view: Schemas['ControlChartView']
  from: string
  to: string
}) {
  const { t, language } = useTexts()
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/standards/{standard}/chart',
    {
      params: {
        path: { standard: id },
        query: {
          unit: view.unit?.id,
          by: view.granularity,
          chart: view.chart,
          normal_from: from,
          normal_to: to,
        },
      },
    },
    { placeholderData: (before) => before },
  )
  if (error) return <Problem problem={error} />
  if (!data) return <Text size="sm">{t('baseline-trying')}</Text>
  const segment = data.segments.find(
    ({ baseline }) => baseline?.from === from && baseline.to === to && baseline.reason === '',
  )
  const last = segment && data.points[segment.last]
  if (!segment || !last || segment.baseline_points === 0)
    return <Text size="sm">{t('baseline-try-none')}</Text>
  if (segment.centre === null || last.upper === null)
    return <Text size="sm">{t('baseline-try-no-limits')}</Text>
  const number = controlNumber(language, data)
  const share = (found: number) => number(found, 1)
  const signals = data.signals.filter(({ points }) => points.some((at) => at >= segment.first))
  return (
    <Text size="sm" className="preview">
      {t('baseline-try', {
        centre: share(segment.centre),
        // A wait cannot be too short to be told from chance.
        lower: share(last.lower ?? 0),
        upper: share(last.upper),
        period: period(language, last.period),
        points: count(language, segment.baseline_points),
        signals: signals.length,
      })}{' '}
      {segment.maturity === 'provisional' && t('baseline-try-provisional')}
    </Text>
  )
}
