// Raters who disagree: the Overview says so, with their alpha, and shows no score.
import { expect, open, test, violations } from './page'
import { DEMO } from './servers'

const DOUBT = {
  status: 'not_reliable',
  alpha: 0.41,
  alpha_min: 0.667,
  n: 60,
  interval: { lower: 0.3, upper: 0.52, level: 0.95, method: 'jackknife' },
  interval_reason: null,
  snapshot: 'observations@3',
}

test('a score in doubt is its alpha, on the card and nowhere a number', async ({ page }) => {
  await page.route('**/api/v1/overview*', async (route) => {
    const answer = await route.fetch()
    const overview = await answer.json()
    const { indicators } = overview.parties[0]
    indicators[0] = {
      ...indicators[0],
      estimate: DOUBT,
      previous: DOUBT,
      change: null,
      trend: indicators[0].trend.map((point: object) => ({ ...point, estimate: DOUBT })),
    }
    await route.fulfill({ json: overview })
  })
  await open(page, DEMO)
  const card = page.locator('.card', { hasText: 'Not shown as a score' })
  await expect(card).toHaveCount(1)
  await expect(card).toContainText("Krippendorff's alpha 0.41, 0.30 to 0.52; 60 things rated")
  await expect(card).toContainText('observations@3')
  await expect(card.locator('[data-result], figure')).toHaveCount(0)
  expect(await violations(page)).toEqual([])
})
