// Figures as files: the numbers as CSV, the picture as SVG or PNG.
import type { Column } from './columns'

export interface FigureTable {
  head: string[]
  /** What each column holds. */
  columns: Column[]
  rows: string[][]
}

/** RFC 4180. A cell that a spreadsheet would run as a formula is kept text by an apostrophe. */
export function csv(table: Pick<FigureTable, 'head' | 'rows'>): string {
  const cell = (text: string) => {
    const safe = /^[=@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return [table.head, ...table.rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

function save(name: string, url: string) {
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[/\\:*?"<>|]/g, ' ')
  link.click()
}

const svgUrl = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`

export function saveCsv(title: string, table: FigureTable) {
  // The mark tells spreadsheets that this is UTF-8.
  save(`${title}.csv`, `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${csv(table)}`)}`)
}

export function saveSvg(title: string, svg: string) {
  save(`${title}.svg`, svgUrl(svg))
}

export async function savePng(title: string, svg: string, paper: string) {
  const image = new Image()
  image.src = svgUrl(svg)
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width * 2
  canvas.height = image.height * 2
  const context = canvas.getContext('2d')
  if (!context) return
  context.fillStyle = paper
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  save(`${title}.png`, canvas.toDataURL())
}
