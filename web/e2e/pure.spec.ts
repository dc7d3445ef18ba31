// The parts without a page: mappings, files, axes, numbers.
import { expect, test } from '@playwright/test'

import { alignmentOption, extent } from '../src/charts/alignment'
import { csv } from '../src/charts/save'
import { light } from '../src/charts/theme'
import { trendOption } from '../src/charts/trend'
import { isCorrectable, retarget } from '../src/pages/import/mapping'
import { change, percent, period, value } from '../src/text/format'

const MAPPING = `# Guessed.
kind = "responses"

[unit]
column = "shop" # 3 values
transform = "slug"

[[item]]
id = "recommend"
# samples: 9, 10
column = "How likely?"

[[item]]
id = "satisfied"
column = "b"
`

test('a column that is not used leaves the mapping, the rest stays', () => {
  const text = retarget(MAPPING, 'How likely?', null)
  expect(text).not.toContain('recommend')
  expect(text).toContain('# Guessed.')
  expect(text).toContain('transform = "slug"')
  expect(text).toContain('id = "satisfied"')
})

test('a column gets another question', () => {
  const text = retarget(MAPPING, 'b', 'item:effort')
  expect(text).not.toContain('satisfied')
  expect(text.endsWith('[[item]]\nid = "effort"\ncolumn = "b"\n')).toBe(true)
})

test('a single target moves with what was said about it', () => {
  const text = retarget(MAPPING, 'b', 'unit')
  expect(text).toContain('[unit]\ncolumn = "b"\ntransform = "slug"')
  expect(text).not.toContain('"shop"')
  expect(text.match(/\[unit\]/g)).toHaveLength(1)
})

test('names are quoted, and found again as they are', () => {
  const text = retarget(MAPPING, 'a "b" \\ c', 'attributes.role')
  expect(text).toContain('[attributes.role]\ncolumn = "a \\"b\\" \\\\ c"')
  expect(retarget(text, 'a "b" \\ c', null)).not.toContain('attributes.role')
})

test('figures of aggregates are corrected in the text alone', () => {
  expect(isCorrectable('item:x')).toBe(true)
  expect(isCorrectable(null)).toBe(true)
  expect(isCorrectable('total')).toBe(false)
})

test('cells keep commas, quotes and lines, and are never formulas', () => {
  expect(
    csv({
      head: ['a', 'b'],
      rows: [
        ['1,5', 'say "yes"'],
        ['=1+1', 'x\ny'],
      ],
    }),
  ).toBe('a,b\r\n"1,5","say ""yes"""\r\n\'=1+1,"x\ny"')
})

test('axes end on round numbers and never leave the scale', () => {
  expect(extent([[24, -68, 97]], 20, { min: -100, max: 100 })).toEqual({
    min: -100,
    max: 100,
    interval: 50,
  })
  const happy = extent([[6.7, 2.9, 9.4]], 7.2, { min: 0, max: 10 })
  expect(happy).toEqual({ min: 2, max: 10, interval: 2 })
  expect(extent([], null, null)).toEqual({ min: 0, max: 1, interval: 0.2 })
})

test('an undecided unit is not filled and has no name, a placed one has both', () => {
  const point = (placed: 'both' | 'undecided') => ({
    id: placed,
    name: placed,
    x: [1, 0, 2] as [number, number, number],
    y: [1, 0, 2] as [number, number, number],
    placed,
    words: [placed],
  })
  const option = alignmentOption(
    {
      points: [point('both'), point('undecided')],
      cutX: 1,
      cutY: 1,
      nameX: 'x',
      nameY: 'y',
      scaleX: null,
      scaleY: null,
      writeX: String,
      writeY: String,
      quadrants: { both: '', customers_only: '', employees_only: '', neither: '' },
    },
    light,
  )
  const series = option.series as {
    data: { itemStyle: { color: string }; label: { show: boolean } }[]
  }[]
  const [both, undecided] = series[1].data
  expect([both.itemStyle.color, both.label.show]).toEqual([light.blue, true])
  expect([undecided.itemStyle.color, undecided.label.show]).toEqual([light.surface, false])
})

test('a name that is markup stays text in a tip', () => {
  const option = trendOption(
    {
      points: [{ label: '<img onerror=x>', value: 1, lower: 0, upper: 2, words: 'a & b' }],
      target: null,
      write: String,
    },
    light,
  )
  const { formatter } = option.tooltip as { formatter: (found: unknown) => string }
  expect(formatter([{ dataIndex: 0 }])).toBe('<b>&#60;img onerror=x&#62;</b><br>a &#38; b')
})

test('numbers are written as a language does', () => {
  expect(value('en', 'nps', -0.054)).toBe('−5')
  expect(value('nl', 'mean', 7.16)).toBe('7,2')
  expect(value('en', 'top_box', 0.823)).toBe('82%')
  expect(change('en', 'top_box', 0.021)).toBe('+2')
  expect(percent('nl', 0.9987, 1)).toBe('99,9%')
  const quarter = {
    id: '2026-q3',
    granularity: 'quarter' as const,
    start: '2026-07-01',
    end: '2026-09-30',
  }
  expect(['en', 'nl', 'fr'].map((language) => period(language, quarter))).toEqual([
    'Q3 2026',
    'K3 2026',
    'T3 2026',
  ])
})
