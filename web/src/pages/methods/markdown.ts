// The little of Markdown that docs/METHODS.md uses: headings, paragraphs, one table a place.
// Everything else stays text.
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'table'; head: string[]; rows: string[][] }

const cells = (line: string) =>
  line
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())

function block(lines: string[]): Block {
  const heading = /^(#+) (.*)/.exec(lines[0])
  if (heading) return { kind: 'heading', level: heading[1].length, text: heading[2] }
  if (lines[0].startsWith('|')) {
    const [head, , ...rows] = lines
    return { kind: 'table', head: cells(head), rows: rows.map(cells) }
  }
  return { kind: 'paragraph', text: lines.join(' ') }
}

export function blocks(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(block)
}

/** "top box, share" → "top-box-share" */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
