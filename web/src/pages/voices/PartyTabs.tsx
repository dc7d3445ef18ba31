// Which group: links, so that each has an address of its own, with how many were heard.
import { Link } from '@tanstack/react-router'

import type { Schemas } from '../../api/types'
import type { VoicesSearch } from '../../app/router'
import { count } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'

export function PartyTabs({
  parties,
  chosen,
  search,
}: {
  parties: Schemas['PartyOverview'][]
  chosen: string
  search: VoicesSearch
}) {
  const { t, named, language } = useTexts()
  return (
    <nav aria-label={t('kind-party')} className="tabs no-print">
      {parties.map(({ party, heard, response }) => (
        <Link
          key={party.id}
          to="/voices"
          // What is chosen of one group means nothing for another.
          search={{ period: search.period, granularity: search.granularity, party: party.id }}
          className="tab"
          aria-current={party.id === chosen ? 'page' : undefined}
          resetScroll={false}
        >
          <b>{named(party.title)}</b>
          <span>
            {!heard
              ? t('not-heard')
              : response.responded === null
                ? t('response-unknown')
                : t('voices-answered', { n: count(language, response.responded) })}
          </span>
        </Link>
      ))}
    </nav>
  )
}
