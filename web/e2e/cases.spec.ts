// Cases: an owner takes one on, closes it with what came of it, and it stays closed; the way to the
// chart shows the very point; whoever owns nothing reads only.
import { drawn, expect, fits, open, PHONE, test, violations } from './page'
import { DEMO } from './servers'

test('a case is taken on, closed and stays so', async ({ page }) => {
  await open(page, `${DEMO}/cases`)
  const waiting = page.locator('#cases-draft article')
  const before = await waiting.count()
  expect(before).toBeGreaterThan(2)
  const first = waiting.first()
  await expect(first).toContainText(/less was kept than usual: a point outside the control limits/)
  const id = await first.getAttribute('aria-labelledby')
  const same = page.locator(`article[aria-labelledby="${id}"]`)
  await first.getByRole('button', { name: /^Take it on/ }).click()
  await expect(waiting).toHaveCount(before - 1)
  await expect(page.locator('#cases-open').locator(same)).toContainText('Mara Peeters took it on')
  await same.getByRole('button', { name: /^Close/ }).click()
  const words = same.getByLabel('What was it, and what was done?')
  await expect(words).toBeFocused()
  await words.fill('The oven was mended.')
  expect(await violations(page)).toEqual([])
  await same.getByRole('button', { name: /^Close/ }).click()
  await expect(page.locator('#cases-open').locator(same)).toHaveCount(0)
  await page.getByRole('button', { name: 'Show closed cases' }).click()
  await expect(same).toContainText('The oven was mended.')
  // As a signal it goes on; it opens no other case.
  await page.reload()
  await expect(waiting).toHaveCount(before - 1)
})

test('a case leads to the point of its chart', async ({ page }) => {
  await open(page, `${DEMO}/cases`)
  await page
    .getByRole('link', { name: /^See it in the chart/ })
    .first()
    .click()
  await expect(page).toHaveURL(/by=month.*at=2026-\d\d.*#delivery|at=2026-\d\d/)
  await drawn(page)
  const said = page.locator('#delivery figure [aria-live]').first()
  await expect(said).toContainText('worse than usual')
})

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    test('cases can be read by everybody', async ({ page }) => {
      await open(page, `${DEMO}/cases`)
      expect(await violations(page)).toEqual([])
      await fits(page)
      await page.screenshot({
        path: `node_modules/.cache/looks/cases-${colorScheme}.png`,
        fullPage: true,
      })
    })
  })
}
