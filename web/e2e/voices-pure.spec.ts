// The parts of the Voices page without a page: questions, bars, sizes, places in METHODS.md.
import { readFileSync } from 'node:fs'

import { expect, test } from '@playwright/test'

import { divergingOption, ramp, readableOn, start, wrap } from '../src/charts/diverging'
import { driversOption, letter } from '../src/charts/drivers'
import { light } from '../src/charts/theme'
import { ANCHORS } from '../src/pages/methods/anchors'
import { blocks, slug } from '../src/pages/methods/markdown'
import { bandsOf, commonest, lean, npsBands } from '../src/pages/voices/bands'
import { leavesZero, size } from '../src/pages/voices/effects'
import { isNps, questionsOf } from '../src/pages/voices/items'
import { standing } from '../src/pages/voices/standing'
import { rubricBehind, rubricsOf } from '../src/pages/voices/window'

const answers = (...shares: number[]) => shares.map((share, at) => ({ value: String(at), share }))

test('the closed questions of a questionnaire, panels included, in order', () => {
  const found = questionsOf('pulse', {
    pages: [
      {
        elements: [
          { type: 'rating', name: 'recommend', rateMin: 0, rateMax: 10, measures: 'enps' },
          {
            type: 'panel',
            elements: [{ type: 'boolean', name: 'tools', title: { en: 'Tools at hand?' } }],
          },
          { type: 'comment', name: 'why' },
          { type: 'radiogroup', name: 'shift', choices: ['day', { value: 'n', text: 'Night' }] },
        ],
      },
    ],
  })
  expect(found.map(({ id, kind }) => [id, kind])).toEqual([
    ['pulse/recommend', 'rating'],
    ['pulse/tools', 'boolean'],
    ['pulse/shift', 'choice'],
  ])
  expect(found[0]).toMatchObject({ min: 0, max: 10, title: { und: 'recommend' } })
  expect(found.map(isNps)).toEqual([true, false, false])
  expect(found[1].title).toEqual({ en: 'Tools at hand?' })
  expect(found[2].choices.get('n')).toEqual({ und: 'Night' })
  expect(questionsOf('pulse', null)).toEqual([])
})

test('a middle answer lies half on each side; without one the bar begins between', () => {
  const five = bandsOf(answers(0.1, 0.2, 0.4, 0.2, 0.1))
  expect(five.map(({ side }) => side)).toEqual([-1, -1, 0, 1, 1])
  expect(start(five)).toBeCloseTo(-0.5)
  expect(lean(five)).toBeCloseTo(0)
  const four = bandsOf(answers(0.1, 0.2, 0.3, 0.4))
  expect(four.map(({ side }) => side)).toEqual([-1, -1, 1, 1])
  expect(start(four)).toBeCloseTo(-0.3)
  expect(lean(four)).toBeCloseTo(0.4)
})

test('recommending falls into three bands that keep every answer', () => {
  const bands = npsBands(answers(...Array.from({ length: 11 }, (_, at) => (at + 1) / 66)))
  expect(bands.map(({ label }) => label)).toEqual(['0–6', '7–8', '9–10'])
  expect(bands.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1)
  expect(bands.map(({ share }) => Math.round(share * 66))).toEqual([28, 17, 21])
})

test('text on every bar of every scale has a contrast of 4.5', () => {
  const light = (hex: string) => {
    const [r, g, b] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  for (let count = 2; count <= 11; count++) {
    for (const { colour } of ramp(count)) {
      const [one, other] = [light(colour), light(readableOn(colour))].sort((a, b) => b - a)
      expect((one + 0.05) / (other + 0.05), `${count}: ${colour}`).toBeGreaterThanOrEqual(4.5)
    }
  }
})

test('a question without answers keeps its row and draws no bar', () => {
  const option = divergingOption(
    [
      { name: 'Asked', note: 'n = 4', bands: bandsOf(answers(0.5, 0.5)), words: ['Asked'] },
      { name: 'Hidden', note: 'hidden', bands: [], words: ['Hidden', '<b>'] },
    ],
    String,
    light,
  )
  const { data } = (option.series as { data: unknown[] }[])[0]
  expect(data).toHaveLength(2)
  const { formatter } = option.tooltip as { formatter: (found: unknown) => string }
  expect(formatter({ dataIndex: 1 })).toBe('<b>Hidden</b><br>&#60;b&#62;')
})

test('long questions break between words', () => {
  expect(wrap('one two three four', 8, (text) => text.length)).toEqual(['one two', 'three', 'four'])
  expect(wrap('unbreakable', 3, (text) => text.length)).toEqual(['unbreakable'])
})

test('what may be chance is not filled', () => {
  const point = (clear: boolean) => ({
    letter: letter(clear ? 0 : 27),
    stands: [0.6, 0.5, 0.7] as [number, number, number],
    weighs: [0.4, 0.3, 0.5] as [number, number, number],
    clear,
    words: [],
  })
  const option = driversOption(
    {
      points: [point(true), point(false)],
      nameX: '',
      nameY: '',
      even: 0.5,
      nameEven: '',
      write: String,
    },
    light,
  )
  const { data } = (
    option.series as { data: { itemStyle: { color: string }; label: { formatter: string } }[] }[]
  )[1]
  expect(data.map(({ itemStyle }) => itemStyle.color)).toEqual([light.blue, light.surface])
  expect(data.map(({ label }) => label.formatter)).toEqual(['A', 'B2'])
})

test('scales of any length share one axis; what has no ends has no place', () => {
  const found = (value: number, lower?: number, upper?: number) => ({
    status: 'estimate' as const,
    value,
    n: 9,
    interval:
      lower === undefined || upper === undefined
        ? null
        : { lower, upper, level: 0.95, method: 't' },
    interval_reason: null,
    method: 'mean',
    snapshot: 'x',
  })
  expect(standing(found(4, 3, 5), { kind: 'rating', min: 1, max: 5 })).toEqual([0.75, 0.5, 1])
  expect(standing(found(0.2), { kind: 'boolean', min: null, max: null })).toEqual([0.2, 0.2, 0.2])
  expect(standing(found(4), { kind: 'number', min: null, max: null })).toBeNull()
})

test('sizes of effects are the same both ways', () => {
  expect([0, 0.19, -0.2, 0.5, -0.79, 0.8, -3].map(size)).toEqual([
    'none',
    'none',
    'small',
    'medium',
    'medium',
    'large',
    'large',
  ])
  expect(leavesZero({ lower: -0.1, upper: 0.4 })).toBe(false)
  expect(leavesZero({ lower: 0.1, upper: 0.4 })).toBe(true)
  expect(leavesZero(null)).toBe(false)
})

test('the answer given most, and none where nobody answered', () => {
  const most = commonest([{ count: 2 }, { count: 5 }, { count: 5 }])
  expect(most).toEqual({ count: 5 })
  expect(commonest([{ count: 0 }])).toBeNull()
})

test('standards of raters are found by who owes them to whom, and behind indicators', () => {
  const object = (kind: string, id: string, content: object) => ({
    kind,
    id,
    version: 1,
    owner: null,
    title: {},
    content,
  })
  const objects = [
    object('standard', 'welcome', {
      owed_by: 'frontline',
      owed_to: 'customer',
      requirement: { kind: 'rubric' },
    }),
    object('standard', 'speed', { owed_to: 'customer', requirement: { kind: 'duration' } }),
    object('indicator', 'welcome-kept', { standard: 'welcome' }),
    object('indicator', 'fast', { standard: 'speed' }),
    object('indicator', 'nps', { item: 'recommend' }),
  ]
  expect(rubricsOf(objects, 'frontline').map(({ id }) => id)).toEqual(['welcome'])
  expect(rubricsOf(objects, 'customer').map(({ id }) => id)).toEqual(['welcome'])
  expect(rubricsOf(objects, 'back_office')).toEqual([])
  expect(['welcome-kept', 'fast', 'nps'].map((id) => rubricBehind(objects, id))).toEqual([
    'welcome',
    null,
    null,
  ])
})

test('every place that a figure points at is in METHODS.md', () => {
  const text = readFileSync(new URL('../../docs/METHODS.md', import.meta.url), 'utf8')
  const places = blocks(text).flatMap((one) =>
    one.kind === 'table' ? one.rows.map(([name]) => slug(name)) : [],
  )
  expect(new Set(places).size).toBe(places.length)
  expect(Object.values(ANCHORS).filter((anchor) => !places.includes(anchor))).toEqual([])
})

test('Markdown becomes headings, paragraphs and tables', () => {
  expect(blocks('# A\n\nb\nc\n\n| d | e |\n|---|---|\n| f | g |\n')).toEqual([
    { kind: 'heading', level: 1, text: 'A' },
    { kind: 'paragraph', text: 'b c' },
    { kind: 'table', head: ['d', 'e'], rows: [['f', 'g']] },
  ])
})
