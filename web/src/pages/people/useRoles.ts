// What somebody may do, in words: "leads North", "designer of Kitchen craft".
import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useSession } from '../../app/useSession'
import { useTexts } from '../../text/LanguageProvider'

export const ROLES = [
  'administrator',
  'designer',
  'lead',
  'member',
  'analyst',
  'works_council',
] as const

export function useRoles() {
  const { t, named } = useTexts()
  const { session } = useSession()
  const options = { enabled: session?.state === 'signed_in' }
  const { data: units } = api.useQuery('get', '/api/v1/units', {}, options)
  const { data: foundation } = api.useQuery('get', '/api/v1/foundation', {}, options)
  const unitName = (id: string) => {
    const unit = units?.units.find((one) => one.id === id)
    return unit ? named(unit.title) : id
  }
  const teamName = (id: string) => {
    const team = foundation?.objects.find((one) => one.kind === 'team' && one.id === id)
    return team ? named(team.title) : id
  }
  return (grants: Schemas['GrantView'][]) =>
    grants
      .map((grant) => {
        const where = grant.unit ? unitName(grant.unit) : grant.team ? teamName(grant.team) : ''
        return where
          ? t('role-where', { role: t(`role-${grant.role}`), where })
          : t(`role-${grant.role}`)
      })
      .join(', ')
}
