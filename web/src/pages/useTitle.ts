// The window's title: page first, so that tabs can be told apart.
import { useDocumentTitle } from '@mantine/hooks'

export function useTitle(page: string) {
  useDocumentTitle(`${page} · Evenkeel`)
}
