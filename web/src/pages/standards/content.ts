// A standard as its file says it. The API hands it over as an object; what this page does not know
// of it stays in it untouched, so that saving loses nothing.
import type { Text } from '../../api/types'

export const KINDS = ['duration', 'range', 'checklist', 'rubric', 'wording', 'sequence'] as const
export type Kind = (typeof KINDS)[number]

export const DIMENSIONS = ['speed', 'quality', 'tone', 'structure'] as const

export interface Duration {
  kind: 'duration'
  /** Seconds. */
  within: number
  inclusive?: boolean
  clock_from?: string
  clock_to?: string
  open?: 'fail_past_limit' | 'leave_out'
  hours?: string
}

export interface Range {
  kind: 'range'
  lower?: number
  lower_inclusive?: boolean
  upper?: number
  upper_inclusive?: boolean
  nominal?: number
  unit_of_measure: string
}

export interface ChecklistItem {
  id: string
  title: Text | string
  counts_as?: 'required' | 'auto_fail' | 'bonus'
  weight?: number
}

export interface Checklist {
  kind: 'checklist'
  pass_at: number
  items: ChecklistItem[]
}

export interface Rubric {
  kind: 'rubric'
  min?: number
  max?: number
  pass_from: number
  raters: number
  anchors: { score: number; title: Text | string }[]
}

export interface WordingRules {
  address?: 'formal' | 'informal'
  greeting?: string[]
  any_greeting?: boolean
  closing?: string[]
  any_closing?: boolean
  apology?: Courtesy
  gratitude?: Courtesy
  please?: Courtesy
  please_first?: Courtesy
  required?: string[]
  forbidden?: string[]
  sentence_words_max?: number
  reading_ease_min?: number
}

export type Courtesy = 'required' | 'forbidden'

export interface Wording {
  kind: 'wording'
  languages: Record<string, WordingRules>
}

export interface Sequence {
  kind: 'sequence'
  steps: string[]
}

export type Requirement = Duration | Range | Checklist | Rubric | Wording | Sequence

export interface Standard {
  id: string
  title: Text | string
  dimension: string
  touchpoint: string
  owner: string
  owed_by: string
  owed_to: string
  picture?: string
  target: number
  valid_from?: string
  requirement: Requirement
  latitude?: { extras?: string[] }
}

/** The API checks what it stores, so that an object with a requirement is a standard. */
export function standardOf(content: unknown): Standard | null {
  const found = content as Partial<Standard> | null
  return found?.requirement && found.title ? (found as Standard) : null
}

/** An empty requirement of a kind, for somebody who begins one. */
export function blank(kind: Kind): Requirement {
  switch (kind) {
    case 'duration':
      return { kind, within: 600 }
    case 'range':
      return { kind, unit_of_measure: '' }
    case 'checklist':
      return { kind, pass_at: 1, items: [{ id: 'point-1', title: {}, counts_as: 'required' }] }
    case 'rubric':
      return {
        kind,
        pass_from: 2,
        raters: 1,
        anchors: [
          { score: 1, title: {} },
          { score: 2, title: {} },
        ],
      }
    case 'wording':
      return { kind, languages: { en: {} } }
    case 'sequence':
      return { kind, steps: [''] }
  }
}
