// Where the names of points go: beside their point, on the side with the most room, never
// over another name, a placed point or the frame. A name without room is left out; the
// tip, the arrow keys and the table still say it. Pixels throughout.
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

export type Side = 'top' | 'bottom' | 'right' | 'left'

export interface Mark {
  x: number
  y: number
  /** Half the symbol. */
  radius: number
  /** Ends of its interval lines. */
  arms: Box
  /** What is written beside it; a mark without a name is only kept free. */
  name?: string
}

interface Ends {
  min: number
  max: number
}

/** From values on two axes to pixels within a frame. */
export function placing(frame: Box, wide: Ends, high: Ends) {
  const share = (value: number, { min, max }: Ends) => (value - min) / (max - min)
  return {
    across: (value: number) => frame.left + share(value, wide) * (frame.right - frame.left),
    down: (value: number) => frame.bottom - share(value, high) * (frame.bottom - frame.top),
  }
}

/** Between symbol and name. */
export const DISTANCE = 5
export const NAME_SIZE = 11.5
const HEIGHT = 15
const SIDES: readonly Side[] = ['top', 'right', 'left', 'bottom']

/** Width of bold text where nothing can measure it: rather too wide than too narrow. */
const guessed = (text: string) => text.length * NAME_SIZE * 0.66

const crosses = (one: Box, other: Box) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom

const around = ({ x, y, radius }: Mark): Box => ({
  left: x - radius,
  top: y - radius,
  right: x + radius,
  bottom: y + radius,
})

/** The box of a name at a side, as ECharts draws it. */
export function boxAt(mark: Mark, side: Side, width: number): Box {
  const { x, y } = mark
  const away = mark.radius + DISTANCE
  const flat = side === 'top' || side === 'bottom'
  const left = flat ? x - width / 2 : side === 'right' ? x + away : x - away - width
  const top = !flat ? y - HEIGHT / 2 : side === 'top' ? y - away - HEIGHT : y + away
  return { left, top, right: left + width, bottom: top + HEIGHT }
}

/**
 * The side of each mark's name, `null` where there is no room. Marks come first come,
 * first served: put the ones that matter most first.
 *
 * @param frame names stay inside
 * @param taken what else is written there
 */
export function placeNames(
  marks: Mark[],
  frame: Box,
  taken: Box[] = [],
  measure: (text: string) => number = guessed,
): (Side | null)[] {
  const written = [...taken]
  const named = marks.filter((mark) => mark.name)
  return marks.map((mark) => {
    if (!mark.name) return null
    const width = measure(mark.name) + 4
    let best: { side: Side; box: Box; cost: number } | null = null
    for (const side of SIDES) {
      const box = boxAt(mark, side, width)
      const inside =
        box.left >= frame.left &&
        box.right <= frame.right &&
        box.top >= frame.top &&
        box.bottom <= frame.bottom
      if (!inside || written.some((other) => crosses(box, other))) continue
      if (named.some((other) => other !== mark && crosses(box, around(other)))) continue
      const cost = marks.reduce((sum, other) => sum + strokes(box, other, mark), 0)
      if (!best || cost < best.cost) best = { side, box, cost }
    }
    if (best) written.push(best.box)
    return best?.side ?? null
  })
}

/** How much of another mark a name would lie over: its point counts more than its lines. */
function strokes(box: Box, other: Mark, own: Mark): number {
  const flat = { ...other.arms, top: other.y - 1, bottom: other.y + 1 }
  const upright = { ...other.arms, left: other.x - 1, right: other.x + 1 }
  const lines = Number(crosses(box, flat)) + Number(crosses(box, upright))
  if (other === own) return lines
  const weight = other.name ? 2 : 0.5
  return weight * lines + (crosses(box, around(other)) ? 4 : 0)
}
