// No number on a page without its n, its interval (or why it has none) and its snapshot: every
// page of the router, every table on it, and every figure turned into its table. The same is
// asked of the API in crates/web/tests/it/numbers.rs.
//
// Tables say which column holds what (`data-column`, src/charts/columns.ts), or that they hold
// no result (`data-results="none"`). One that says neither fails.
import { expect, open, test } from './page'
import { DEMO } from './servers'
import type { Page } from '@playwright/test'

/** What a figure without a sample says instead of its interval: such a one has no n either. */
const NOT_A_SAMPLE = 'a figure from outside, not a sample'

interface Found {
  tables: number
  results: number
  /** Numbers that lack something, in words. */
  bare: string[]
}

// A debug build computes everything that a demo can show.
test.describe.configure({ timeout: 600_000 })

/** Paths of the pages, as the router has them. */
async function paths(page: Page): Promise<string[]> {
  await open(page, DEMO)
  return page.evaluate(() => {
    const { __TSR_ROUTER__: router } = window as unknown as {
      __TSR_ROUTER__: { routesByPath: Record<string, unknown> }
    }
    return Object.keys(router.routesByPath)
  })
}

/** A page that asks for a choice is looked at with each; all others as they open. */
async function addresses(page: Page, path: string): Promise<string[]> {
  const overview = await page.request.get(`${DEMO}/api/v1/overview`)
  const { parties, alignment } = await overview.json()
  switch (path) {
    case '/': {
      const shown = alignment.units.find(({ quadrant }: { quadrant: string }) =>
        ['both', 'undecided'].includes(quadrant),
      )
      return ['/', '/?granularity=month', `/?unit=${shown.unit}`]
    }
    case '/voices':
      return parties.map(({ party }: { party: { id: string } }) => `/voices?party=${party.id}`)
    case '/standards/$id':
      return ['table-ready', 'first-course', 'house-burger', 'bill-brought'].map(
        (id) => `/standards/${id}`,
      )
    case '/standards/$id/edit':
      return ['/standards/table-ready/edit']
    default:
      return [path]
  }
}

/** Every figure shows the table of its numbers. */
async function unfold(page: Page): Promise<number> {
  const menus = page.getByRole('button', { name: /^Options of / })
  const figures = await menus.count()
  expect(await page.locator('figure').count(), 'figures without a menu').toBe(figures)
  // A drawer lies over the figures behind it: those are looked at on the page without it.
  const open = (await page.getByRole('dialog').count()) > 0
  const within = open ? page.getByRole('dialog').locator('figure') : page.locator('figure')
  const reachable = await within.count()
  for (let at = 0; at < reachable; at += 1) {
    await within
      .nth(at)
      .getByRole('button', { name: /^Options of / })
      .click()
    await page.getByRole('menuitem', { name: 'Show as table' }).click()
  }
  await expect(within.locator('table')).toHaveCount(reachable)
  return reachable
}

/** What the tables and the large numbers of a page lack. */
function look(page: Page): Promise<Found> {
  return page.evaluate((notASample) => {
    const found: Found = { tables: 0, results: 0, bare: [] }
    const KNOWN = ['name', 'value', 'interval', 'n', 'given']
    const text = (cell: Element | undefined) => cell?.textContent?.trim() ?? ''
    const numbers = (cell: Element | undefined) => text(cell).match(/\d+(?:[.,]\d+)*/g)?.length ?? 0
    /** The snapshot that an element declares is readable on it. */
    const stamped = (element: Element) => {
      const frame = element.closest('[data-snapshot]')
      const snapshot = frame?.getAttribute('data-snapshot')
      return Boolean(snapshot && frame?.textContent?.includes(snapshot))
    }
    const hold = (
      where: string,
      value: Element | undefined,
      interval: Element | undefined,
      n: Element | undefined,
    ) => {
      const lacks = (what: string) => found.bare.push(`${where}: ${text(value)}: ${what}`)
      const why = text(interval)
      if (numbers(value) === 0) {
        // No number: then the reason.
        if (text(value) !== '' && !/\p{L}{3}/u.test(why)) lacks('no number and no reason')
        if (text(value) === '' && why === '') lacks('empty')
        return
      }
      found.results += 1
      if (numbers(interval) < 2 && !/\p{L}{3}/u.test(why)) lacks('neither interval nor reason')
      if (numbers(n) === 0 && why !== notASample) lacks('no n')
      if (!stamped(value as Element)) lacks('no snapshot')
    }
    for (const table of document.querySelectorAll('table')) {
      const where = text(table.querySelector('caption') ?? undefined) || 'a table without caption'
      found.tables += 1
      if (table.getAttribute('data-results') === 'none') {
        if (table.closest('figure')) found.bare.push(`${where}: a figure without results`)
        continue
      }
      const columns = [...table.querySelectorAll('thead th')].map(
        (head) => head.getAttribute('data-column') ?? '',
      )
      if (columns.length === 0 || columns.some((column) => !KNOWN.includes(column))) {
        found.bare.push(`${where}: does not say what its columns hold: ${columns.join()}`)
        continue
      }
      if (!columns.includes('value'))
        found.bare.push(`${where}: has no results, and does not say so`)
      for (const row of table.querySelectorAll('tbody tr')) {
        const cells = [...row.children]
        if (cells.length !== columns.length) found.bare.push(`${where}: a row of another length`)
        const named = `${where}, ${text(cells[0])}`
        columns.forEach((column, at) => {
          if (column !== 'value') return
          const next = columns.indexOf('value', at + 1)
          const interval = columns.indexOf('interval', at + 1)
          const own = interval > 0 && (next < 0 || interval < next)
          const n = columns.indexOf('n', at + 1)
          hold(named, cells[at], own ? cells[interval] : undefined, cells[n])
        })
      }
    }
    for (const result of document.querySelectorAll('[data-result]')) {
      const part = (column: string) =>
        result.querySelector(`[data-column="${column}"]`) ?? undefined
      hold('a card', part('value'), part('interval'), part('n'))
    }
    return found
  }, NOT_A_SAMPLE)
}

test('no number on any page without n, interval and snapshot', async ({ page }) => {
  const pages = await paths(page)
  expect(pages).toEqual(expect.arrayContaining(['/', '/voices', '/methods', '/agreed', '/import']))
  const total: Found = { tables: 0, results: 0, bare: [] }
  let figures = 0
  for (const path of pages) {
    for (const address of await addresses(page, path)) {
      await test.step(address, async () => {
        await open(page, DEMO + address)
        if (address.includes('unit=')) {
          await expect(page.getByRole('dialog').locator('figure').first()).toBeVisible()
        }
        figures += await unfold(page)
        const found = await look(page)
        total.tables += found.tables
        total.results += found.results
        total.bare.push(...found.bare.map((what) => `${address}: ${what}`))
      })
    }
  }
  expect(total.bare).toEqual([])
  // The walk saw what a demo of four years of two groups has.
  expect(figures).toBeGreaterThan(20)
  expect(total.tables).toBeGreaterThan(figures)
  expect(total.results).toBeGreaterThan(200)
})

test('tables of a file that is being imported hold no results', async ({ page }) => {
  await open(page, `${DEMO}/import`)
  const visit = (_: unknown, at: number) =>
    `amsterdam-pakhuisplein,2026-08-${String((at % 28) + 1).padStart(2, '0')},${at % 11}`
  const text = ['restaurant,visited,recommend', ...Array.from({ length: 60 }, visit)].join('\n')
  await page.locator('input[type=file]').setInputFiles({
    name: 'visits.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(text),
  })
  await expect(page.getByLabel('Mapping', { exact: true })).toContainText('guest-visit')
  expect(await look(page)).toEqual({ tables: 1, results: 0, bare: [] })
  await page.getByRole('button', { name: 'Look at the rows', exact: true }).click()
  await expect(page.getByRole('table', { name: /as they would be stored/ })).toBeVisible()
  expect(await look(page)).toEqual({ tables: 1, results: 0, bare: [] })
})

// What the walk must notice, on a page of its own.
const WRONG: [name: string, table: string, what: string][] = [
  ['undeclared', '<thead><tr><th>a</th></tr></thead>', 'does not say what its columns hold'],
  ['without n', row('7.2', '6.9 to 7.4', ''), 'no n'],
  ['without interval', row('7.2', '', '240'), 'neither interval nor reason'],
  ['half an interval', row('7.2', '6.9', '240'), 'neither interval nor reason'],
  ['without reason', row('–', '', ''), 'no number and no reason'],
]

function row(...cells: string[]): string {
  const heads = ['name', 'value', 'interval', 'n'].map((one) => `<th data-column="${one}"></th>`)
  const told = ['a group', ...cells].map((cell) => `<td>${cell}</td>`)
  return `<thead><tr>${heads.join('')}</tr></thead><tbody><tr>${told.join('')}</tr></tbody>`
}

for (const [name, table, what] of WRONG) {
  test(`the walk notices: ${name}`, async ({ page }) => {
    await page.setContent(`<figure data-snapshot="t@1"><table>${table}</table>t@1</figure>`)
    const { bare } = await look(page)
    expect(bare).toHaveLength(1)
    expect(bare[0]).toContain(what)
  })
}

test('the walk notices: without snapshot', async ({ page }) => {
  const whole = row('7.2', '6.9 to 7.4', '240')
  await page.setContent(`<figure data-snapshot="t@1"><table>${whole}</table></figure>`)
  expect((await look(page)).bare).toEqual([expect.stringContaining('no snapshot')])
  await page.setContent(`<figure data-snapshot="t@1"><table>${whole}</table>t@1</figure>`)
  expect(await look(page)).toEqual({ tables: 1, results: 1, bare: [] })
})
