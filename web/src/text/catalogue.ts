// The one catalogue of texts, by language. Every language has every key with the same
// variables (test/catalogue.test.mjs).
import { FluentBundle, FluentResource } from '@fluent/bundle'

import de from '../../../locales/de.ftl?raw'
import en from '../../../locales/en.ftl?raw'
import fr from '../../../locales/fr.ftl?raw'
import nl from '../../../locales/nl.ftl?raw'

export const LANGUAGES = {
  nl: 'Nederlands',
  fr: 'Français',
  de: 'Deutsch',
  en: 'English',
} as const
export type Language = keyof typeof LANGUAGES

const SOURCES: Record<Language, string> = { en, nl, fr, de }

/** The bundles for a language, English behind it. */
export function bundles(language: Language): FluentBundle[] {
  return [...new Set<Language>([language, 'en'])].map((name) => {
    // No isolation marks: they would be spoken and would break charts' text.
    const bundle = new FluentBundle(name, { useIsolating: false })
    bundle.addResource(new FluentResource(SOURCES[name]))
    return bundle
  })
}

/** What was chosen before, else the browser's first language that we have, else English. */
export function firstLanguage(): Language {
  const chosen = localStorage.getItem('evenkeel-language')
  const wanted = [chosen ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2))
  return (wanted.find((tag) => Object.hasOwn(LANGUAGES, tag)) as Language | undefined) ?? 'en'
}
