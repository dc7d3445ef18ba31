// The day of a look, or its week where its day would say too much.
import type { Schemas } from '../../api/types'
import { period } from '../../text/format'

export function dayOrWeek(
  t: (id: string, values?: Record<string, string>) => string,
  language: string,
  found: Schemas['PeriodRef'],
): string {
  const first = period(language, found)
  return found.granularity === 'week' ? t('week-of', { day: first }) : first
}
