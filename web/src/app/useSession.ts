// Who is in, and what they may do. The server decides; pages only follow.
import { api } from '../api/client'
import type { Schemas } from '../api/types'

export type Session = Schemas['SessionView']
export type Right =
  | 'know'
  | 'results'
  | 'observe'
  | 'change_standards'
  | 'draft'
  | 'agree'
  | 'bring_in'
  | 'see_imports'
  | 'release'
  | 'people'
  | 'audit'

export function useSession() {
  const asked = api.useQuery('get', '/api/v1/session', {}, { staleTime: 30_000 })
  const session = asked.data
  return {
    session,
    error: asked.error,
    /** May this person do it anywhere at all? */
    may: (right: Right) => session?.person?.rights[right] !== undefined,
    /** The units that a right is limited to; empty: everywhere. */
    units: (right: Right) => session?.person?.rights[right] ?? [],
  }
}
