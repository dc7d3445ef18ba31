// The Voices page says what is true in the demo organisation (docs/DEMO.md), group by group.
import type { Page } from '@playwright/test'

import { expect, open, test } from './page'
import { DEMO } from './servers'

const voices = (page: Page, search = '') => open(page, `${DEMO}/voices${search}`)

test('is one step from the overview, at the same group and period', async ({ page }) => {
  await open(page, `${DEMO}/?period=2026-q2`)
  await page.getByRole('link', { name: 'All their answers: Restaurant teams' }).click()
  await expect(page).toHaveURL(/party=frontline/)
  await expect(page).toHaveURL(/period=2026-q2/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Voices, Q2 2026')
})

test('groups have addresses; customers come first', async ({ page }) => {
  await voices(page)
  const groups = page.getByRole('navigation', { name: 'Groups' })
  await expect(groups.getByRole('link')).toHaveText([
    /^Guests/,
    /^Restaurant teams/,
    /^Back office/,
  ])
  await expect(groups.getByRole('link', { name: /^Guests/ })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await groups.getByRole('link', { name: /^Restaurant teams/ }).click()
  await expect(page).toHaveURL(/party=frontline/)
  await page.reload()
  await expect(page.getByRole('link', { name: /^Restaurant teams/ })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await expect(page).toHaveTitle('Restaurant teams · Voices · Evenkeel')
})

test('how they are: every indicator, with its interval, n and snapshot', async ({ page }) => {
  await voices(page, '?party=frontline')
  const are = page.getByRole('region', { name: 'How they are' })
  // On the overview, and only here.
  for (const name of [
    'Happiness at work, restaurant teams',
    'Reasonable workload, restaurant teams',
  ]) {
    await expect(are.getByRole('heading', { name, exact: true })).toBeVisible()
  }
  await expect(are.getByText(/\d+% to \d+% · n = [\d,]+/).first()).toBeVisible()
  await expect(are.getByText(/Snapshot .*responses_team-pulse@\d+/).first()).toBeVisible()
  // Absence is a figure from outside: no interval, and it says so.
  await expect(are.getByText(/not a sample/)).toBeVisible()
})

test('what they said: one row a question; shares add up in the table', async ({ page }) => {
  await voices(page)
  const figure = page.getByRole('figure', { name: 'Your visit' })
  await expect(figure.getByText(/lean furthest to the high end/)).toBeVisible()
  await figure.getByRole('button', { name: /^Options of/ }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const rows = figure.getByRole('row', { name: /^How satisfied are you with your visit\?/ })
  await expect(rows).toHaveCount(5)
  const cells = await rows.getByRole('cell').allTextContents()
  const each = Array.from({ length: 5 }, (_, at) => cells.slice(at * 4, at * 4 + 4))
  expect(each.map(([answer]) => answer)).toEqual(['1', '2', '3', '4', '5'])
  const sum = each.reduce((all, [, share]) => all + parseInt(share), 0)
  expect(Math.abs(sum - 100)).toBeLessThanOrEqual(2)
  for (const [, share, interval] of each) {
    const [, lower, upper] = /(\d+)% to (\d+)%/.exec(interval) ?? []
    expect(Number(lower)).toBeLessThanOrEqual(parseInt(share))
    expect(Number(upper)).toBeGreaterThanOrEqual(parseInt(share))
  }
})

test('what goes with it: an association, with intervals and the chosen indicator', async ({
  page,
}) => {
  await voices(page, '?party=frontline')
  const goes = page.getByRole('region', { name: 'What goes with it' })
  await expect(goes.getByText('Going together is not the same as causing')).toBeVisible()
  await expect(
    goes.getByText(/\d+% of the differences between answers \(\d+% to \d+%\)/),
  ).toBeVisible()
  const letters = goes
    .getByRole('list', { name: 'What the letters stand for' })
    .getByRole('listitem')
  const before = await letters.allTextContents()
  expect(before.length).toBeGreaterThan(1)
  for (const one of before) expect(one).toMatch(/weighs \d+% \(\d+% to \d+%\); place \d/)
  await page
    .getByLabel('Look closer at')
    .selectOption({ label: 'Happiness at work, restaurant teams' })
  await expect(page).toHaveURL(/indicator=team-happiness/)
  await expect(goes.getByRole('figure', { name: /“Happiness at work/ })).toBeVisible()
})

test('what goes with it can be walked through by arrow keys', async ({ page }) => {
  await voices(page)
  const figure = page.getByRole('figure', { name: /^What goes with/ })
  await figure.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  await expect(figure.locator('[aria-live]')).toContainText(/^A\. .*weighs \d+%/)
})

test('who differs: kitchens fare worse than the dining room, with size and q', async ({ page }) => {
  await voices(page, '?party=frontline&indicator=team-happiness')
  const figure = page.getByRole('figure', { name: 'Contact with guests' })
  await expect(
    figure.getByText(/With guests \+0\.\d against With colleagues only \(/),
  ).toBeVisible()
  const differences = figure.getByRole('list', { name: 'Differences' })
  await expect(differences).toContainText(
    /With guests against With colleagues only: \+\d\.\d \(.+\); Hedges' g \+\d\.\d\d.*; q? ?[=<]?.*0\.\d{3}/,
  )
  // Guests say it of their visits, teams do not.
  await expect(page.getByText(/Not said with these answers: Kind of visit/)).toBeVisible()
})

test('how far to trust it: questions, units, raters', async ({ page }) => {
  await voices(page, '?party=frontline')
  const trust = page.getByRole('region', { name: 'How far to trust it' })
  const figure = trust.getByRole('figure').first()
  await figure.getByRole('button', { name: /^Options of/ }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  await expect(figure.getByRole('row', { name: /^Cronbach's alpha/ })).toContainText(
    /[−-]?[01]\.\d\d/,
  )
  await expect(figure.getByRole('row', { name: /^ICC\(1\)/ })).toContainText('0.05')
  await expect(figure.getByRole('row', { name: /^ICC\(2\)/ })).toContainText('0.70')
  await expect(trust.getByText('Given by raters: A welcome that fits the guest')).toBeVisible()
})

test('an empty chair leads to where the group was heard', async ({ page }) => {
  await voices(page, '?party=back_office')
  const main = page.getByRole('main')
  await expect(main.getByText('An empty chair: Back office')).toBeVisible()
  await expect(main.getByRole('region', { name: 'What they said' })).toHaveCount(0)
  await main.getByRole('link', { name: 'Last heard in Q2 2026: look there' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Voices, Q2 2026')
  await expect(page).toHaveURL(/party=back_office/)
  await expect(main.getByRole('region', { name: 'What they said' })).toBeVisible()
})

test('every figure leads to its method', async ({ page }) => {
  await voices(page)
  const goes = page.getByRole('region', { name: 'What goes with it' })
  await goes.getByRole('link', { name: /^How this is computed/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Methods')
  await expect(page.locator('tr[data-chosen]')).toContainText("Johnson's relative weights")
  await expect(page.locator('tr[data-chosen]')).toBeInViewport()
})

test('the parts of the page can be jumped to', async ({ page }) => {
  await voices(page)
  await page.getByRole('navigation', { name: 'On this page' }).getByText('Who differs').click()
  await expect(page.getByRole('heading', { name: 'Who differs' })).toBeInViewport()
  await expect(page).toHaveURL(/#differs$/)
})
