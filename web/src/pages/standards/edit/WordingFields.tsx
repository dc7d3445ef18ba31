// Rules for texts, language by language.
import { Button, Fieldset, Group, NativeSelect, SimpleGrid, Stack } from '@mantine/core'

import { LANGUAGES } from '../../../text/catalogue'
import { useTexts } from '../../../text/LanguageProvider'
import type { Courtesy, Wording, WordingRules } from '../content'
import { languageName } from '../useRequirementWords'
import { Lines, NumberField } from './inputs'
import type { Fields } from './KindFields'
import { problemOf } from './useDraft'

const LISTS = ['greeting', 'closing', 'required', 'forbidden'] as const
const COURTESIES = ['apology', 'gratitude', 'please', 'please_first'] as const
/** Languages that have two ways to address somebody. */
const ADDRESSED: Record<string, [formal: string, informal: string]> = {
  nl: ['u', 'je'],
  fr: ['vous', 'tu'],
  de: ['Sie', 'du'],
}

export function WordingFields({ requirement, problems, onChange }: Fields<Wording>) {
  const { t, language } = useTexts()
  const { languages } = requirement
  const free = Object.keys(LANGUAGES).filter((code) => !(code in languages))
  return (
    <Stack gap="sm">
      {Object.entries(languages).map(([code, rules]) => {
        const set = (part: Partial<WordingRules>) =>
          onChange({ ...requirement, languages: { ...languages, [code]: { ...rules, ...part } } })
        const wrong = (field: string) =>
          problemOf(problems, `requirement.languages.${code}.${field}`)
        const address = ADDRESSED[code.slice(0, 2)]
        return (
          <Fieldset key={code} legend={languageName(language, code)}>
            <Stack gap="sm">
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                {address && (
                  <NativeSelect
                    label={t('edit-address')}
                    value={rules.address ?? ''}
                    error={wrong('address')}
                    data={[
                      { value: '', label: t('edit-any') },
                      { value: 'formal', label: address[0] },
                      { value: 'informal', label: address[1] },
                    ]}
                    onChange={(event) =>
                      set({
                        address: (event.currentTarget.value ||
                          undefined) as WordingRules['address'],
                      })
                    }
                  />
                )}
                {COURTESIES.map((name) => (
                  <NativeSelect
                    key={name}
                    label={t(`edit-${name}`)}
                    value={rules[name] ?? ''}
                    error={wrong(name)}
                    data={[
                      { value: '', label: t('edit-any') },
                      { value: 'required', label: t('edit-must') },
                      { value: 'forbidden', label: t('edit-must-not') },
                    ]}
                    onChange={(event) =>
                      set({ [name]: (event.currentTarget.value || undefined) as Courtesy })
                    }
                  />
                ))}
                <NumberField
                  label={t('edit-sentence')}
                  value={rules.sentence_words_max}
                  error={wrong('sentence_words_max')}
                  onChange={(found) => set({ sentence_words_max: found })}
                />
                <NumberField
                  label={t('edit-reading')}
                  value={rules.reading_ease_min}
                  error={wrong('reading_ease_min')}
                  onChange={(found) => set({ reading_ease_min: found })}
                />
              </SimpleGrid>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                {LISTS.map((name) => (
                  <Lines
                    key={name}
                    label={t(`edit-${name}`)}
                    lines={rules[name] ?? []}
                    error={wrong(name)}
                    onChange={(lines) => set({ [name]: lines })}
                  />
                ))}
              </SimpleGrid>
              <Group>
                <Button
                  variant="subtle"
                  onClick={() => {
                    const { [code]: _, ...rest } = languages
                    onChange({ ...requirement, languages: rest })
                  }}
                >
                  {t('edit-language-remove', { language: languageName(language, code) })}
                </Button>
              </Group>
            </Stack>
          </Fieldset>
        )
      })}
      {free.length > 0 && (
        <Group gap="xs">
          {free.map((code) => (
            <Button
              key={code}
              variant="default"
              onClick={() => onChange({ ...requirement, languages: { ...languages, [code]: {} } })}
            >
              {t('edit-language-add', { language: languageName(language, code) })}
            </Button>
          ))}
        </Group>
      )}
    </Stack>
  )
}
