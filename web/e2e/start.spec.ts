// A new installation, from nothing to its own first page. In this order: each step needs the
// one before.
import { expect, fits, open, PHONE, test, violations } from './page'
import { comeIn, EMPTY } from './servers'

test.describe.configure({ mode: 'serial' })

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    test('every page leads to the start', async ({ page }) => {
      await comeIn(page)
      await open(page, EMPTY)
      await expect(page).toHaveURL(/\/start$/)
      await expect(page.getByText('evenkeel apply FOLDER')).toBeVisible()
      expect(await violations(page)).toEqual([])
      await fits(page)
      await open(page, `${EMPTY}/import`)
      await expect(page).toHaveURL(/\/start$/)
    })
  })
}

test('the demo’s foundation under one’s own names', async ({ page }) => {
  await comeIn(page)
  await open(page, EMPTY)
  await page.getByLabel(/^Name of your organisation/).fill('Clinics of the Lowlands')
  await page.getByLabel('Your customers are called').fill('Patients')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('banner')).toContainText('Clinics of the Lowlands')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Nothing has been heard or seen yet',
  )
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'What we agreed' }).click()
  await expect(page.getByRole('region', { name: 'Groups' })).toContainText('Patients')
})

test.describe('dark, phone', () => {
  test.use({ colorScheme: 'dark', viewport: PHONE })
  test('with nothing heard, the first page leads to the import', async ({ page }) => {
    await comeIn(page)
    await open(page, EMPTY)
    expect(await violations(page)).toEqual([])
    await fits(page)
    await page.getByRole('link', { name: 'Import a first file' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import')
  })
})
