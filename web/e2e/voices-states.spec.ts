// What the demo organisation does not have: groups too small to show, raters who disagree,
// questions that repeat each other. The answers of the API are replaced; the shapes are the
// generated ones, so that a changed API is a type error here.
import type { Page } from '@playwright/test'

import type { Schemas } from '../src/api/types'
import { expect, open, test, violations } from './page'
import { DEMO } from './servers'

const SNAPSHOT = 'responses_test@7'
const HIDDEN = {
  status: 'hidden' as const,
  reason: { reason: 'subtractable' as const },
  snapshot: SNAPSHOT,
}
const SAID = /hidden, so that nobody's answer can be subtracted out/

const estimate = (value: number, lower: number, upper: number, n = 120): Schemas['Estimated'] => ({
  status: 'estimate',
  value,
  n,
  interval: { lower, upper, level: 0.95, method: 'jackknife' },
  interval_reason: null,
  method: 'test',
  snapshot: SNAPSHOT,
})

/** Answers one path of the API from the real answer, changed. */
async function answer<View>(page: Page, path: string, change: (view: View) => View) {
  await page.route(`**/api/v1/${path}?*`, async (route) => {
    const real = await route.fetch()
    await route.fulfill({ response: real, json: change((await real.json()) as View) })
  })
}

const voices = (page: Page, search = '?party=frontline') => open(page, `${DEMO}/voices${search}`)

const raters = (verdict: string, alpha: Schemas['Estimated']): Schemas['RaterAgreement'] => ({
  subjects: 48,
  ratings: 96,
  raters: 6,
  alpha_ordinal: alpha,
  alpha_interval: alpha,
  agreement: estimate(0.56, 0.46, 0.66, 48),
  verdict,
  reason: null,
  raters_required: 2,
})

test('raters who disagree give no score, and the page says why', async ({ page }) => {
  await answer<Schemas['ReliabilityView']>(page, 'reliability', (view) =>
    view.of.kind === 'standard'
      ? { ...view, raters: raters('not_a_score', estimate(0.41, 0.24, 0.58, 48)) }
      : view,
  )
  await voices(page)
  const trust = page.getByRole('region', { name: 'How far to trust it' })
  await expect(trust.getByText('Not shown as a score')).toBeVisible()
  await expect(trust.getByText(/the same mark in 56% \(46% to 66%\) of pairs/)).toBeVisible()
  await expect(trust.getByText(/alpha is 0\.41 \(0\.24 to 0\.58\)/)).toBeVisible()
  expect(await violations(page)).toEqual([])
})

for (const [verdict, shown] of [
  ['not_a_score', false],
  ['tentative', true],
] as const) {
  test(`an indicator of raters is ${shown ? 'shown' : 'not shown'}: ${verdict}`, async ({
    page,
  }) => {
    // The demo counts no indicator over its raters; here one of its indicators rests on them.
    await page.route('**/api/v1/foundation', async (route) => {
      const real = await route.fetch()
      const view = (await real.json()) as Schemas['FoundationView']
      const objects = view.objects.map((one) =>
        one.kind === 'indicator' && one.id === 'first-course-on-time'
          ? { ...one, content: { ...(one.content as object), standard: 'welcome-rubric' } }
          : one,
      )
      await route.fulfill({ response: real, json: { ...view, objects } })
    })
    await answer<Schemas['ReliabilityView']>(page, 'reliability', (view) =>
      view.of.kind === 'standard'
        ? { ...view, raters: raters(verdict, estimate(shown ? 0.7 : 0.41, 0.24, 0.8, 48)) }
        : view,
    )
    await voices(page, '')
    const are = page.getByRole('region', { name: 'How they are' })
    const card = are.locator('.card', { hasText: 'First course within twenty minutes' })
    await expect(card.getByText('Not shown as a score')).toHaveCount(shown ? 0 : 1)
    await expect(card.getByText(/^\d+%$/)).toHaveCount(shown ? 1 : 0)
  })
}

test('hidden groups say why, in the figure and in every difference', async ({ page }) => {
  await answer<Schemas['SegmentsView']>(page, 'segments', (view) => ({
    ...view,
    groups: view.groups.map((group, at) => (at === 0 ? { ...group, estimate: HIDDEN } : group)),
    differences: view.differences.map((one) =>
      one.first === view.groups[0].value
        ? { ...one, difference: HIDDEN, effect: HIDDEN, test: null }
        : one,
    ),
  }))
  await voices(page)
  const figure = page.getByRole('figure', { name: 'Contact with guests' })
  await expect(figure.getByRole('list', { name: 'Differences' })).toContainText(SAID)
  await figure.getByRole('button', { name: /^Options of/ }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  await expect(figure.getByRole('row', { name: /^With guests/ })).toContainText(SAID)
  expect(await violations(page)).toEqual([])
})

test('hidden answers and drivers say why instead of a picture', async ({ page }) => {
  await answer<Schemas['DistributionsView']>(page, 'distributions', (view) => ({
    ...view,
    rows: view.rows.map((row) => ({ ...row, distribution: HIDDEN })),
  }))
  await answer<Schemas['DriversView']>(page, 'drivers', (view) => ({
    ...view,
    result: { status: 'hidden', reason: HIDDEN.reason },
  }))
  await voices(page)
  await expect(page.getByRole('region', { name: 'What they said' })).toContainText(SAID)
  await expect(page.getByRole('region', { name: 'What goes with it' })).toContainText(SAID)
})

test('questions that repeat each other are named, with what to do', async ({ page }) => {
  await answer<Schemas['DriversView']>(page, 'drivers', (view) => {
    const items = view.result.status === 'drivers' ? view.result.drivers.map((one) => one.item) : []
    return {
      ...view,
      result: {
        status: 'undefined',
        reason: { reason: 'singular' },
        items: items.slice(0, 2),
        n: 980,
      },
    }
  })
  await voices(page)
  const goes = page.getByRole('region', { name: 'What goes with it' })
  await expect(goes.getByText(/say the same as the others. Leave one out/)).toBeVisible()
  await expect(goes.getByRole('figure')).toHaveCount(0)
  expect(await violations(page)).toEqual([])
})

test('a place among the drivers is said only as far as it is known', async ({ page }) => {
  await answer<Schemas['DriversView']>(page, 'drivers', (view) => {
    const { result } = view
    if (result.status !== 'drivers') return view
    const drivers = result.drivers.map((one, at) => ({
      ...one,
      rank: { ...one.rank, value: at + 1, best: 1, worst: result.drivers.length, reason: null },
      above_random: at === 0 ? ('above' as const) : ('not_above' as const),
      vif: at === 0 ? 9 : 1,
      sign: at === 0 ? -1 : 1,
    }))
    return { ...view, result: { ...result, drivers } }
  })
  await voices(page)
  const goes = page.getByRole('region', { name: 'What goes with it' })
  await expect(goes.getByText(/Which goes with it most cannot be told yet/)).toBeVisible()
  const letters = goes
    .getByRole('list', { name: 'What the letters stand for' })
    .getByRole('listitem')
  await expect(letters.first()).toContainText('Hard to tell apart from the other questions')
  await expect(letters.first()).toContainText('The other way round')
  await expect(letters.nth(1)).toContainText('May be chance')
  await expect(letters.nth(1)).toContainText(/place 2 \(1 to \d\)/)
})

test('a part that fails says so, and the others stay', async ({ page }) => {
  test.info().annotations.push({ type: 'console', description: '409' })
  await page.route('**/api/v1/drivers?*', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      json: { type: 'about:blank', title: 'Not now', status: 409, detail: 'test' },
    }),
  )
  await voices(page)
  await expect(
    page.getByRole('region', { name: 'What goes with it' }).getByRole('alert'),
  ).toContainText('Not now')
  await expect(
    page.getByRole('region', { name: 'Who differs' }).getByRole('figure').first(),
  ).toBeVisible()
})
