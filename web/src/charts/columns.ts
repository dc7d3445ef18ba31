// What a column of a table holds, said in the page (`data-column`), so that a test can hold every
// number to its interval and its n without guessing. A table without results says so instead
// (`data-results="none"`).

/**
 * - `name`: what the row is about.
 * - `value`: a result. Behind it, before the next one, is its `interval`; the next `n` is its n.
 * - `interval`: the interval, or why there is none.
 * - `n`: how many the value rests on.
 * - `given`: no result: a word, a target, the least that is asked.
 */
export type Column = 'name' | 'value' | 'interval' | 'n' | 'given'

/** A row a group, a period, an answer: one result. */
export const ONE_RESULT: Column[] = ['name', 'value', 'interval', 'n']
