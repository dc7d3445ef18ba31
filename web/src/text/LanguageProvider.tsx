// Texts in the reader's language: what Evenkeel says (Fluent) and what the organisation
// named (a text per language), with numbers and dates written the same way.
import type { FluentVariable } from '@fluent/bundle'
import { LocalizationProvider, ReactLocalization } from '@fluent/react'
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'

import type { Text } from '../api/types'
import { bundles, firstLanguage, type Language } from './catalogue'

interface Texts {
  language: Language
  setLanguage: (language: Language) => void
  /** A text of the catalogue. */
  t: (id: string, values?: Record<string, FluentVariable>) => string
  /** A text that the organisation gave; one in no language may be written as such. */
  named: (text: Text | string | null | undefined) => string
}

const Context = createContext<Texts | null>(null)

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(firstLanguage)
  const l10n = useMemo(() => new ReactLocalization(bundles(language)), [language])
  useEffect(() => {
    document.documentElement.lang = language
    localStorage.setItem('evenkeel-language', language)
  }, [language])
  const texts = useMemo<Texts>(
    () => ({
      language,
      setLanguage,
      t: (id, values) => l10n.getString(id, values),
      named: (text) =>
        typeof text === 'string'
          ? text
          : text
            ? (text[language] ?? text.en ?? text.und ?? Object.values(text)[0] ?? '')
            : '',
    }),
    [language, l10n],
  )
  return (
    <LocalizationProvider l10n={l10n}>
      <Context.Provider value={texts}>{children}</Context.Provider>
    </LocalizationProvider>
  )
}

export function useTexts(): Texts {
  const texts = useContext(Context)
  if (!texts) throw new Error('useTexts outside LanguageProvider')
  return texts
}
