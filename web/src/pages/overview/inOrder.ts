// Parties in the order of a visit: customers, front line, back office, then all others. The
// API sends them by id, and which group comes first on a page says something.
import type { Schemas } from '../../api/types'

const ROLES: Schemas['PartyRole'][] = ['customer', 'frontline', 'back_office', 'other']

export function inOrder<T extends { party: Schemas['PartyRef'] }>(parties: T[]): T[] {
  const place = ({ party }: T) => ROLES.indexOf(party.role)
  return [...parties].sort((one, other) => place(one) - place(other))
}
