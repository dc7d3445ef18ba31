// The five places where a unit can stand, each with a colour and a shape: nobody needs to
// see colours to tell them apart. The legend and the figure read the same table.
import type { ChartTheme } from './theme'

export type Placed = 'both' | 'customers_only' | 'employees_only' | 'neither' | 'undecided'

export const PLACES: readonly Placed[] = [
  'both',
  'customers_only',
  'employees_only',
  'neither',
  'undecided',
]

// ECharts' own names for symbols; a path is drawn in a box of 20 × 20.
const DOWN = 'path://M1,3 L19,3 L10,19 Z'
const UP = 'path://M1,17 L19,17 L10,1 Z'

export const SYMBOLS: Record<Placed, string> = {
  both: 'circle',
  customers_only: DOWN,
  employees_only: UP,
  neither: 'diamond',
  undecided: 'circle',
}

/** The same shapes as paths of an SVG of 20 × 20, for the legend. */
export const OUTLINES: Record<Placed, string> = {
  both: 'M10,2 a8,8 0 1,0 0.01,0 Z',
  customers_only: 'M1,3 L19,3 L10,19 Z',
  employees_only: 'M1,17 L19,17 L10,1 Z',
  neither: 'M10,1 L19,10 L10,19 L1,10 Z',
  undecided: 'M10,3 a7,7 0 1,0 0.01,0 Z',
}

export function colour(placed: Placed, t: ChartTheme): string {
  switch (placed) {
    case 'both':
      return t.blue
    case 'customers_only':
      return t.orange
    case 'employees_only':
      return t.purple
    case 'neither':
      return t.ink
    case 'undecided':
      return t.muted
  }
}
