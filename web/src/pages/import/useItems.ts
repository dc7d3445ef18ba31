// What a column can be taken for: the items of the mapping's instrument, and attributes.
import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'

interface Named {
  id: string
  title: string
}

interface Element {
  name?: unknown
  title?: unknown
  type?: unknown
  elements?: Element[]
}

/** Questions of a SurveyJS definition; panels are looked into, comments and html left out. */
function questions(elements: Element[] | undefined): Element[] {
  return (elements ?? []).flatMap((one) =>
    one.type === 'panel'
      ? questions(one.elements)
      : one.type === 'html' || one.type === 'comment' || typeof one.name !== 'string'
        ? []
        : [one],
  )
}

export function useItems(mapping: string): { items: Named[]; attributes: Named[] } {
  const { named } = useTexts()
  const { data: foundation } = api.useQuery('get', '/api/v1/foundation')
  const { data: organisation } = api.useQuery('get', '/api/v1/organisation')
  const wanted = /^\s*\[instrument\][^[]*?^\s*id\s*=\s*"([^"]+)"/ms.exec(mapping)?.[1]
  const instrument = foundation?.objects.find(
    (one) => one.kind === 'instrument' && one.id === wanted,
  )
  const content = (instrument?.content ?? {}) as {
    definition?: { pages?: { elements?: Element[] }[] }
    pages?: { elements?: Element[] }[]
  }
  const pages = content.definition?.pages ?? content.pages ?? []
  return {
    items: pages
      .flatMap((page) => questions(page.elements))
      .map((one) => ({
        id: String(one.name),
        title:
          typeof one.title === 'string'
            ? one.title
            : one.title
              ? named(one.title as Record<string, string>)
              : String(one.name),
      })),
    attributes: (organisation?.attributes ?? []).map(({ id, title }) => ({
      id,
      title: named(title),
    })),
  }
}
