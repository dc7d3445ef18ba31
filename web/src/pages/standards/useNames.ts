// What the organisation calls its groups, touchpoints and teams, by id.
import { useMemo } from 'react'

import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'

export interface Named {
  id: string
  title: string
}

export function useNames() {
  const { named } = useTexts()
  const { data, error } = api.useQuery('get', '/api/v1/foundation')
  return useMemo(() => {
    const objects = data?.objects ?? []
    const list = (kind: string): Named[] =>
      objects
        .filter((one) => one.kind === kind)
        .map((one) => ({ id: one.id, title: named(one.title) || one.id }))
    const order = (content: unknown) => Number((content as { order?: number } | null)?.order ?? 0)
    return {
      error,
      ready: data !== undefined,
      objects,
      /** The name of something, or its id where it is gone. */
      name: (kind: string, id: string | null | undefined) =>
        named(objects.find((one) => one.kind === kind && one.id === id)?.title) || (id ?? ''),
      list,
      /** In the order of a visit. */
      touchpoints: objects
        .filter((one) => one.kind === 'touchpoint')
        .sort((one, other) => order(one.content) - order(other.content))
        .map((one) => ({ id: one.id, title: named(one.title) || one.id })),
    }
  }, [data, error, named])
}
