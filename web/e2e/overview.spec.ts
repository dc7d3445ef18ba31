// The home page says what is true in the demo organisation (docs/DEMO.md).
import { drawn, expect, open, test } from './page'
import { DEMO } from './servers'

test('says what can and cannot be said before any picture', async ({ page }) => {
  await open(page, DEMO)
  const main = page.getByRole('main')
  await expect(main.getByText('Going together is not the same as causing').first()).toBeVisible()
  await expect(main.getByText(/the most detailed level where results can appear/)).toBeVisible()
  await expect(main.getByText(/Not heard in this period: Back office/)).toBeVisible()
})

test('opens at restaurants in the latest quarter that is over', async ({ page }) => {
  await open(page, DEMO)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview, Q3 2026')
  await expect(page.getByLabel('Level', { exact: true })).toHaveValue('restaurant')
})

test('places few units, and counts them all', async ({ page }) => {
  await open(page, DEMO)
  const legend = page.getByRole('list', { name: 'What the shapes mean' })
  const counts = await legend
    .locator('b')
    .evaluateAll((all) => all.map((one) => Number(one.textContent)))
  const shown = Number(
    /(\d+) of \d+ have enough/.exec((await page.getByRole('main').textContent()) ?? '')?.[1],
  )
  expect(counts.slice(0, 5).reduce((sum, one) => sum + one, 0)).toBe(shown)
  expect(counts[4]).toBeGreaterThan(counts[0])
})

test('an empty chair stands where nobody was heard, customers come first', async ({ page }) => {
  await open(page, DEMO)
  const office = page.getByRole('region', { name: 'Back office' })
  await expect(office.getByText('An empty chair')).toBeVisible()
  await office.getByRole('link', { name: /Ask them/ }).click()
  await expect(page).toHaveURL(/\/import$/)
  await page.goBack()
  await drawn(page)
  const parties = await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()
  expect(parties.indexOf('Guests')).toBeLessThan(parties.indexOf('Restaurant teams'))
  expect(parties.indexOf('Restaurant teams')).toBeLessThan(parties.indexOf('Back office'))
})

test('every number has its interval and its n', async ({ page }) => {
  await open(page, DEMO)
  const guests = page.getByRole('region', { name: 'Guests' })
  await expect(guests.getByText(/[+−]\d+ to [+−]\d+ · n = [\d,]+/).first()).toBeVisible()
  await expect(guests.getByText(/\d+% of those asked answered/)).toBeVisible()
})

test('kitchens are heard apart from the dining room', async ({ page }) => {
  await open(page, DEMO)
  const contact = page.getByRole('region', { name: 'Customer contact' })
  await expect(contact.getByRole('figure').first()).toBeVisible()
  await expect(contact.getByText(/With guests \+0\.\d against With colleagues only/)).toBeVisible()
})

test('arrow keys speak each unit, Enter opens it, Escape comes back', async ({ page }) => {
  await open(page, DEMO)
  const figure = page.getByRole('figure', { name: 'Where customers and teams meet' })
  const chart = figure.getByRole('application')
  await chart.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  const spoken = figure.locator('[aria-live]')
  await expect(spoken).toContainText(/Guests who recommend us \(NPS\): [+−]?\d+ \(/)
  const unit = (await spoken.textContent())?.split('.')[0] ?? ''
  await page.keyboard.press('Enter')
  const drawer = page.getByRole('dialog', { name: unit })
  await expect(drawer).toBeVisible()
  await expect(page).toHaveURL(/unit=/)
  await expect(drawer.getByRole('heading', { name: 'Restaurant teams', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(drawer).toBeHidden()
  await expect(page).not.toHaveURL(/unit=/)
})

test('a click on a point opens its unit', async ({ page }) => {
  await open(page, DEMO)
  const figure = page.getByRole('figure', { name: 'Where customers and teams meet' })
  // Placed units are the only points in the colours of places.
  // Its name may lie over it, and belongs to it.
  await figure.locator('.chart-box path[fill="#0072b2"]').last().click({ force: true })
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('period and level are in the address', async ({ page }) => {
  await open(page, DEMO)
  await page.getByLabel('Period', { exact: true }).selectOption('2026-q2')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview, Q2 2026')
  await page.getByLabel('Level', { exact: true }).selectOption('region')
  await expect(page).toHaveURL(/period=2026-q2/)
  await expect(page).toHaveURL(/level=region/)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview, Q2 2026')
  await expect(page.getByText(/Shown by Region, as you chose/)).toBeVisible()
})

for (const [kind, begins] of [
  ['CSV', '\ufeffUnit,'],
  ['SVG', '<svg'],
  ['PNG', '\x89PNG'],
] as const) {
  test(`a figure can be taken away as ${kind}`, async ({ page }) => {
    await open(page, DEMO)
    await page.getByRole('button', { name: /^Options of Where customers/ }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: kind }).click(),
    ])
    expect(download.suggestedFilename()).toBe(
      `Where customers and teams meet.${kind.toLowerCase()}`,
    )
    const { readFile } = await import('node:fs/promises')
    const text = await readFile(await download.path(), kind === 'PNG' ? 'latin1' : 'utf8')
    expect(text.startsWith(begins)).toBe(true)
  })
}
