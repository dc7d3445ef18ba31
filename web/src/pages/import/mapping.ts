// Corrections of a guessed mapping, made in its text, so that comments and everything that
// the table does not know stay as they are. What the table can say: one column, one target.
// Invariant: nothing here reads TOML's values; it moves whole blocks (`[unit]`, `[[item]]`).

/** Targets that a mapping has once; each is a block of that name with a `column`. */
export const SINGLE = [
  'unit',
  'time',
  'party',
  'respondent',
  'wave',
  'channel',
  'language',
  'weight',
] as const
export type Single = (typeof SINGLE)[number]

interface Block {
  /** `item` of `[[item]]`; empty for what stands before the first block. */
  name: string
  lines: string[]
}

const HEADER = /^\s*\[\[?\s*([^\]]+?)\s*\]?\]\s*(#.*)?$/

function blocks(text: string): Block[] {
  const found: Block[] = [{ name: '', lines: [] }]
  for (const line of text.split('\n')) {
    const header = HEADER.exec(line)
    if (header) found.push({ name: header[1], lines: [line] })
    else found[found.length - 1].lines.push(line)
  }
  return found
}

const quoted = (text: string) => JSON.stringify(text)

/** Does this block take its value from the column? */
function takes(block: Block, column: string): boolean {
  return block.lines.some((line) => {
    const found = /^\s*column\s*=\s*("(?:[^"\\]|\\.)*"|'[^']*')/.exec(line)
    if (!found) return false
    const literal = found[1]
    if (literal.startsWith("'")) return literal.slice(1, -1) === column
    try {
      return JSON.parse(literal) === column
    } catch {
      return false
    }
  })
}

/** Can the table change what this column is taken for? Figures of aggregates it cannot. */
export function isCorrectable(target: string | null): boolean {
  return (
    target === null ||
    (SINGLE as readonly string[]).includes(target) ||
    target.startsWith('item:') ||
    target.startsWith('attributes.')
  )
}

function block(target: string, column: string): Block {
  const line = `column = ${quoted(column)}`
  if (target.startsWith('item:')) {
    const id = target.slice('item:'.length)
    return { name: 'item', lines: ['[[item]]', `id = ${quoted(id)}`, line, ''] }
  }
  return { name: target, lines: [`[${target}]`, line, ''] }
}

/** The mapping with the column taken for `target`; `null`: the column is not used. */
export function retarget(text: string, column: string, target: string | null): string {
  let kept = blocks(text).filter((one) => !(one.name !== '' && takes(one, column)))
  if (target !== null) {
    const added = block(target, column)
    // A single target moves: the column that had it is not used any more.
    if (added.name !== 'item') {
      const before = kept.find((one) => one.name === added.name)
      if (before) {
        const rest = before.lines.slice(1).filter((line) => !/^\s*(column|constant)\s*=/.test(line))
        added.lines = [before.lines[0], `column = ${quoted(column)}`, ...rest]
        kept = kept.map((one) => (one === before ? added : one))
        return join(kept)
      }
    }
    kept.push(added)
  }
  return join(kept)
}

function join(found: Block[]): string {
  const written = found
    .map((one) => one.lines.join('\n').replace(/\s+$/, ''))
    .filter((one) => one !== '')
  return `${written.join('\n\n')}\n`
}
