// Where names of points go: pure, no page.
import { expect, test } from '@playwright/test'

import { boxAt, placeNames, type Box, type Mark } from '../src/charts/names'

const FRAME = { left: 0, top: 0, right: 400, bottom: 300 }
const ten = (text: string) => text.length * 10
const mark = (x: number, y: number, name?: string): Mark => ({
  x,
  y,
  radius: 6,
  name,
  arms: { left: x - 20, right: x + 20, top: y - 20, bottom: y + 20 },
})
const crosses = (one: Box, other: Box) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom

test('names of near points never cross each other or a named point', () => {
  // Twelve points within 60 × 45 pixels, with names of 60 pixels.
  const marks = Array.from({ length: 12 }, (_, at) =>
    mark(170 + (at % 4) * 20, 120 + Math.floor(at / 4) * 22, `name ${at % 10}`),
  )
  const sides = placeNames(marks, FRAME, [], ten)
  const boxes = marks.flatMap((one, at) => {
    const side = sides[at]
    return side ? [{ at, box: boxAt(one, side, ten('name 0')) }] : []
  })
  expect(boxes.length).toBeGreaterThan(3)
  for (const { at, box } of boxes) {
    for (const other of boxes) if (other.at > at) expect(crosses(box, other.box)).toBe(false)
    marks.forEach(({ x, y }, index) => {
      const symbol = { left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }
      if (index !== at) expect(crosses(box, symbol)).toBe(false)
    })
  }
})

test('a name stays inside the frame, or is left out', () => {
  expect(placeNames([mark(395, 150, 'at the edge')], FRAME, [], ten)).toEqual(['left'])
  expect(placeNames([mark(200, 5, 'above')], FRAME, [], ten)).toEqual(['bottom'])
  expect(placeNames([mark(200, 150, 'x'.repeat(50))], FRAME, [], ten)).toEqual([null])
})

test('the first mark chooses first; marks without a name have none', () => {
  const names = [mark(200, 150, 'first'), mark(200, 150, 'second'), mark(100, 100)]
  const sides = placeNames(names, FRAME, [], ten)
  expect(sides[0]).not.toBeNull()
  expect(sides[2]).toBeNull()
})

test('what is written already keeps its place', () => {
  const taken = { left: 150, right: 250, top: 100, bottom: 145 }
  const [side] = placeNames([mark(200, 150, 'ab')], FRAME, [taken], ten)
  expect(side).not.toBe('top')
})
