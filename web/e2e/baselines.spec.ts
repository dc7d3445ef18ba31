// Baselines: an owner chooses days from the chart's points, sees the limits before saving, and
// everybody then reads where the limits come from.
import { drawn, expect, fits, open, PHONE, test, violations } from './page'
import { DEMO } from './servers'

const PAGE = `${DEMO}/standards/first-course?unit=amsterdam-pakhuisplein`

test('an owner declares the normal days', async ({ page }) => {
  await open(page, PAGE)
  const part = page.locator('.baselines')
  await expect(part).toContainText('Nobody chose them')
  await part.getByRole('button', { name: 'Choose the normal days' }).click()
  await part.getByLabel('From this point').selectOption('2025-01')
  await expect(part.getByLabel('First day')).toHaveValue('2025-01-01')
  await part.getByLabel('To this point').selectOption('2025-12')
  await expect(part.getByLabel('Last day')).toHaveValue('2025-12-31')
  await expect(part.locator('.preview')).toContainText(/limits [\d.]+% to [\d.]+%.*12 points/)
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: 'node_modules/.cache/looks/baseline-form.png', fullPage: true })
  const save = part.getByRole('button', { name: 'Declare' })
  await expect(save).toBeDisabled()
  await part.getByLabel('Why are these days').fill('before the new till')
  await save.click()
  await expect(part).toContainText(
    /Limits come from January 1, 2025 to December 31, 2025, chosen by Mara Peeters: “before the new till”/,
  )
  await drawn(page)
  // A point before belongs to no baseline; the first of it begins a stretch of its own.
  const chart = await page.request.get(
    `${DEMO}/api/v1/standards/first-course/chart?unit=amsterdam-pakhuisplein&from=2026-04-01`,
  )
  const { segments } = await chart.json()
  expect(segments[0].baseline_points).toBe(12)
})

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    test('the form of a baseline can be read by everybody', async ({ page }) => {
      await open(page, PAGE)
      await page
        .locator('.baselines')
        .getByRole('button', { name: /Choose the normal days/ })
        .click()
      expect(await violations(page)).toEqual([])
      await fits(page)
    })
  })
}
