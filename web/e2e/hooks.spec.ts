// Webhooks: made with a mapping whose problems stand at their line, shown once, called, removed.
import { expect, fits, open, PHONE, test, violations } from './page'
import { DEMO } from './servers'

const MAPPING = `source = "till"
event = "/id"
[observation]
standard = { value = "bill-brought" }
unit = { value = "amsterdam-pakhuisplein" }
at = { at = "/time" }
value = { at = "/seconds" }
chosen = { value = "census" }
`

test('a webhook is made, called and removed', async ({ page }) => {
  test.info().annotations.push({ type: 'console', description: '422' })
  await open(page, `${DEMO}/hooks`)
  await expect(page.getByText('No program sends anything yet.')).toBeVisible()
  await page.getByRole('button', { name: 'New webhook' }).click()
  await page.getByLabel('Name').fill('till')
  const mapping = page.getByLabel('Mapping (TOML)')
  const text = MAPPING
  await mapping.fill(text.replace('unit =', 'shop ='))
  await page.getByRole('button', { name: 'Make the webhook' }).click()
  await expect(page.getByRole('alert')).toContainText('line 5')
  await expect(page.locator('.toml-lines [data-wrong]')).toHaveText('▶5')
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: 'node_modules/.cache/looks/hook-form.png', fullPage: true })
  await mapping.fill(text)
  await page.getByRole('button', { name: 'Make the webhook' }).click()
  const made = page.getByRole('region', { name: 'till can be called' })
  await expect(made.getByRole('button', { name: 'Copy: Token' })).toBeVisible()
  const token = await made.getByLabel('Token', { exact: true }).textContent()
  expect(await violations(page)).toEqual([])
  await page.screenshot({ path: 'node_modules/.cache/looks/hook-made.png', fullPage: true })
  const called = await page.request.post(`${DEMO}/api/v1/hooks/till`, {
    headers: { authorization: `Bearer ${token}` },
    data: { id: `e2e-${Date.now()}`, time: '2026-09-29T12:00:00Z', seconds: 120 },
  })
  expect((await called.json()).results[0].status).toMatch(/stored/)
  // Gone from the page, gone for good.
  await page.reload()
  await expect(page.getByText(token ?? 'no token')).toHaveCount(0)
  const card = page.getByRole('article', { name: 'till' })
  await expect(card).toContainText('Last brought a look on')
  await card.getByRole('button', { name: 'Remove till' }).click()
  await card.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(page.getByText('No program sends anything yet.')).toBeVisible()
})

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    test('webhooks can be read by everybody', async ({ page }) => {
      await open(page, `${DEMO}/hooks`)
      await page.getByRole('button', { name: 'New webhook' }).click()
      expect(await violations(page)).toEqual([])
      await fits(page)
      await page.screenshot({
        path: `node_modules/.cache/looks/hooks-${colorScheme}.png`,
        fullPage: true,
      })
    })
  })
}
