// Moments that the product drew for a unit and a day. Whoever looks then was not led by what was
// going on; any other look is kept, and counts for no outcome.
import { api } from '../../api/client'
import type { Schemas } from '../../api/types'

type Look = Schemas['LookView']

/** "2026-11-22T09:05" on the clock of a place. */
export function clockAt(now: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now)
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/** The drawn moment that is now, if there is one. */
export function drawnNow(
  looks: Look[],
  standard: string,
  now: number,
  timeZone: string,
): Look | null {
  const clock = clockAt(now, timeZone)
  return (
    looks.find(
      (look) =>
        look.standard === standard &&
        look.at.slice(0, clock.length) <= clock &&
        clock <= look.until.slice(0, clock.length),
    ) ?? null
  )
}

/** "09:05" of a moment on the unit's clock. */
export const timeOf = (moment: string) => moment.slice(11, 16)

export function useMoments(unit: string | undefined, day: string): Look[] {
  const { data } = api.useQuery(
    'get',
    '/api/v1/looks',
    { params: { query: { unit: unit ?? '', day } } },
    { enabled: Boolean(unit), retry: false, staleTime: 5 * 60_000 },
  )
  return data?.looks ?? []
}
