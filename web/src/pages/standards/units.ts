// Units in the order of the tree: a region, then what is in it. Never by what they show.
import type { Schemas } from '../../api/types'

type Unit = Schemas['UnitView']

export interface Placed {
  unit: Unit
  depth: number
}

/** All units, or those of some with what is below them. */
export function inTreeOrder(units: Unit[], within: string[] = []): Placed[] {
  const ids = new Set(units.map(({ id }) => id))
  const below = (parent: string | null, depth: number): Placed[] =>
    units
      .filter((unit) =>
        parent === null ? unit.parent === null || !ids.has(unit.parent) : unit.parent === parent,
      )
      .flatMap((unit) => [{ unit, depth }, ...below(unit.id, depth + 1)])
  if (within.length === 0) return below(null, 0)
  return units
    .filter(({ id }) => within.includes(id))
    .flatMap((unit) => [{ unit, depth: 0 }, ...below(unit.id, 1)])
}
