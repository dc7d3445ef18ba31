// Inputs that several kinds of requirement share: a number, a text per language, a list of lines.
import { SimpleGrid, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'

import type { Text } from '../../../api/types'
import { LANGUAGES } from '../../../text/catalogue'
import { useTexts } from '../../../text/LanguageProvider'
import { languageName } from '../useRequirementWords'

/** Keeps what is typed while it is no number yet ("1,"); empty is no number at all. */
export function NumberField({
  label,
  value,
  error,
  suffix,
  onChange,
}: {
  label: string
  value: number | undefined
  error?: string
  suffix?: string
  onChange: (value: number | undefined) => void
}) {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  const read = (text: string) => {
    const found = Number(text.trim().replace(',', '.'))
    return text.trim() === '' || !Number.isFinite(found) ? undefined : found
  }
  // What came from elsewhere, such as the text of the same standard, takes the place of what was
  // typed here.
  const shown = read(typed) === value ? typed : value === undefined ? typed : String(value)
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      error={error}
      rightSection={suffix}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}

export function TextInLanguages({
  label,
  value: written,
  error,
  onChange,
}: {
  label: string
  /** A text in no language may be written as such. */
  value: Text | string
  error?: string
  onChange: (value: Text) => void
}) {
  const { language } = useTexts()
  const value: Text = typeof written === 'string' ? { und: written } : written
  // The four that the pages speak, and whatever else the standard has.
  const codes = [...new Set([...Object.keys(LANGUAGES), ...Object.keys(value)])]
  // A name of everybody, in no language, comes alone.
  const shown = value.und === undefined ? codes.filter((code) => code !== 'und') : ['und']
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
      {shown.map((code, at) => (
        <Textarea
          // A sentence takes a second line on a phone rather than be cut off.
          autosize
          minRows={1}
          key={code}
          label={code === 'und' ? label : `${label} (${languageName(language, code)})`}
          lang={code === 'und' ? undefined : code}
          value={value[code] ?? ''}
          error={at === 0 ? error : undefined}
          onChange={(event) => {
            const { [code]: _, ...rest } = value
            const text = event.currentTarget.value.replaceAll('\n', ' ')
            onChange(text === '' ? rest : { ...value, [code]: text })
          }}
        />
      ))}
    </SimpleGrid>
  )
}

/** One line, one entry. */
export function Lines({
  label,
  description,
  lines,
  error,
  onChange,
}: {
  label: string
  description?: string
  lines: string[]
  error?: string
  onChange: (lines: string[]) => void
}) {
  const [typed, setTyped] = useState(lines.join('\n'))
  const read = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  // An empty last line, where the next entry is about to be written, stays.
  const shown =
    read(typed).join('\n') === lines.filter(Boolean).join('\n') ? typed : lines.join('\n')
  return (
    <Textarea
      label={label}
      description={description}
      autosize
      minRows={2}
      maxRows={14}
      value={shown}
      error={error}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}
