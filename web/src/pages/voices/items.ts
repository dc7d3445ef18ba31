// The closed questions of an instrument, read from its definition (the SurveyJS subset), in
// the order in which they are asked.
import type { Text } from '../../api/types'

export interface Question {
  /** `INSTRUMENT/ITEM`, as the API wants it. */
  id: string
  title: Text
  kind: 'rating' | 'choice' | 'boolean'
  /** Ends of a rating. */
  min: number
  max: number
  /** What the choices are called, by stored value. */
  choices: Map<string, Text>
  /** `nps`, `enps`, … */
  measures: string | null
}

type Node = Record<string, unknown>

const KINDS: Record<string, Question['kind']> = {
  rating: 'rating',
  radiogroup: 'choice',
  dropdown: 'choice',
  imagepicker: 'choice',
  boolean: 'boolean',
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const number = (value: unknown, none: number) => (typeof value === 'number' ? value : none)

/** A title in SurveyJS is a text, or texts by language. */
export function titled(value: unknown, none: string): Text {
  if (typeof value === 'string') return { und: value }
  return value && typeof value === 'object' ? (value as Text) : { und: none }
}

/** Choices are values, or values with a text. */
function choicesOf(node: Node): Map<string, Text> {
  return new Map(
    list(node.choices).map((choice) => {
      const found = (choice && typeof choice === 'object' ? choice : { value: choice }) as Node
      const value = String(found.value)
      return [value, titled(found.text, value)]
    }),
  )
}

function question(instrument: string, node: Node): Question[] {
  const name = String(node.name ?? '')
  const kind = KINDS[String(node.type)]
  if (!kind || !name) return []
  const values = list(node.rateValues).map(Number)
  return [
    {
      id: `${instrument}/${name}`,
      title: titled(node.title, name),
      kind,
      min: values.length > 0 ? Math.min(...values) : number(node.rateMin, 1),
      max: values.length > 0 ? Math.max(...values) : number(node.rateMax, 5),
      choices: choicesOf(node),
      measures: typeof node.measures === 'string' ? node.measures : null,
    },
  ]
}

export function questionsOf(instrument: string, content: unknown): Question[] {
  const walk = (node: Node): Question[] => [
    ...question(instrument, node),
    ...[...list(node.pages), ...list(node.elements)].flatMap((child) => walk(child as Node)),
  ]
  return content && typeof content === 'object' ? walk(content as Node) : []
}

/** Recommending, from 0 to 10: read in three bands. */
export function isNps({ measures, min, max }: Question): boolean {
  return (measures === 'nps' || measures === 'enps') && min === 0 && max === 10
}
