// Before every page: whoever is not in yet comes in first.
import { Loader } from '@mantine/core'
import { useLocation } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

import { forgetPage } from '../pages/look/keep'
import { FirstStartPage } from '../pages/people/FirstStartPage'
import { SignInPage } from '../pages/people/SignInPage'
import { Problem } from '../pages/Problem'
import { useTexts } from '../text/LanguageProvider'
import { useSession } from './useSession'

/** Pages that somebody opens who is not in yet. */
const OPEN = ['/welcome', '/badge']

export function Doors({ children }: { children: ReactNode }) {
  const { t } = useTexts()
  const { session, error } = useSession()
  const { pathname } = useLocation()
  const out = session !== undefined && session.state !== 'signed_in'
  useEffect(() => {
    if (out) void forgetPage()
  }, [out])
  if (OPEN.includes(pathname)) return children
  // Without a network the session from before still says who this is.
  if (error && !session) return <Problem problem={error} />
  if (!session) return <Loader aria-label={t('loading')} />
  if (session.state === 'first_start') return <FirstStartPage />
  if (session.state === 'signed_out') return <SignInPage />
  return children
}
