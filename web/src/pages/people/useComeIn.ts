// After somebody came in, everything that was asked before is asked anew.
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'

export function useComeIn() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async (to?: '/') => {
    await queries.resetQueries()
    if (to) await navigate({ to })
  }
}
