// Coming in for the first time, coming back, a colleague by link and one by badge, and what each
// of the demo's people sees.
import { expect, fits, lookAs, open, PHONE, test, violations } from './page'
import { ANN, DEMO, EMPTY, comeIn, firstLink } from './servers'

test.describe('the empty installation', () => {
  test.describe.configure({ mode: 'serial' })

  test('the first administrator comes in by the link of the terminal', async ({ page }) => {
    const { state } = await (await page.request.get(`${EMPTY}/api/v1/session`)).json()
    // Files run in the order of their names: nobody came in before.
    expect(state).toBe('first_start')
    await open(page, EMPTY)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nobody has an account yet')
    expect(await violations(page)).toEqual([])
    await open(page, EMPTY + firstLink())
    await page.getByLabel('Name').fill('Ann Peeters')
    await page.getByLabel('Mail address').fill(ANN.mail)
    await page.getByLabel(/^New password/).fill(ANN.password)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Come in' }).click()
    await expect(page).toHaveURL(/\/start$/)
    await expect(page.getByRole('button', { name: 'You are Ann Peeters' })).toBeVisible()
    expect(page.url()).not.toContain('#')
  })

  test('a wrong password is refused in words, the right one opens', async ({ page }) => {
    test.info().annotations.push({ type: 'console', description: '401' })
    await comeIn(page)
    await page.context().clearCookies()
    await open(page, EMPTY)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Come in')
    await page.getByLabel('Mail address').fill(ANN.mail)
    await page.getByLabel(/^Password/).fill('boterham met ham!')
    await page.getByRole('button', { name: 'Come in' }).click()
    await expect(page.getByRole('alert')).toContainText('That is not right')
    expect(await violations(page)).toEqual([])
    await page.getByLabel(/^Password/).fill(ANN.password)
    await page.getByRole('button', { name: 'Come in' }).click()
    await expect(page.getByRole('button', { name: 'You are Ann Peeters' })).toBeVisible()
  })

  test('a colleague gets a link, another a badge', async ({ page, browser }) => {
    await comeIn(page)
    await open(page, `${EMPTY}/people`)
    await page.getByRole('button', { name: 'New person' }).click()
    await page.getByLabel('Name').fill('Bo Smit')
    await page.getByLabel('Mail address').fill('bo@example.org')
    await page.getByLabel('Role').selectOption('analyst')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = await page.getByRole('status').locator('pre').textContent()
    const other = await (await browser.newContext()).newPage()
    await other.goto(link ?? '')
    await other.getByLabel(/^New password/).fill('appeltaart met slagroom')
    await other.getByRole('button', { name: 'Come in' }).click()
    await expect(other.getByRole('button', { name: 'You are Bo Smit' })).toBeVisible()
    // An analyst sees no accounts.
    await expect(other.getByRole('link', { name: 'People' })).toHaveCount(0)
    await other.context().close()

    await page.getByRole('button', { name: 'Make a badge' }).click()
    const card = page.locator('.badge-card')
    await expect(card.getByRole('img')).toBeVisible()
    const pin = (await card.textContent())?.match(/PIN: (\d{6})/)?.[1]
    expect(pin).toBeTruthy()
    expect(await violations(page)).toEqual([])
    await fits(page)
    await page.screenshot({ path: 'node_modules/.cache/looks/badge.png' })
  })
})

test('a lead sees the own region, and no accounts', async ({ page }) => {
  await lookAs(page, /Nadia El Amrani/)
  await expect(page.getByRole('link', { name: 'Import' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'People' })).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Overview')
  expect(await violations(page)).toEqual([])
  await fits(page)
  const foreign = await page.request.get(`${DEMO}/api/v1/units/south/trends`)
  expect(foreign.status()).toBe(404)
  await page.screenshot({ path: 'node_modules/.cache/looks/lead.png', fullPage: true })
})

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    test('a member of one restaurant, the works council, and the log', async ({ page }) => {
      await lookAs(page, /Inès Laurent/)
      expect(await violations(page)).toEqual([])
      await fits(page)
      await page.screenshot({
        path: `node_modules/.cache/looks/member-${colorScheme}.png`,
        fullPage: true,
      })
      await lookAs(page, /Pieter de Wit/)
      await open(page, `${DEMO}/log`)
      await expect(page.getByRole('table')).toContainText('session.begin')
      expect(await violations(page)).toEqual([])
      await fits(page)
      await open(page, `${DEMO}/me`)
      expect(await violations(page)).toEqual([])
      await fits(page)
    })
  })
}
