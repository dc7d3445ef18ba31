// Owners change the register, and a look is random where the product drew it: from the page to what
// the server has. Last in the order of files, because the demo is not as it was afterwards.
import type { Page } from '@playwright/test'

import { expect, open, test, violations } from './page'
import { DEMO } from './servers'

const UNIT = 'amsterdam-pakhuisplein'
const STANDARD = 'plate-temperature'
/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const BELL = `id = "bell-answered"
title = "The bell is answered"
dimension = "speed"
touchpoint = "welcome"
owner = "guest-experience"
owed_by = "frontline"
owed_to = "customer"
target = 0.9
[requirement]
kind = "duration"
within = "1min"
`

test('a new standard gets a picture, and is retired with a reason', async ({ page }) => {
  const made = await page.request.put(`${DEMO}/api/v1/standards/bell-answered`, {
    headers: { origin: DEMO },
    data: { text: BELL, reason: 'Guests asked for it' },
  })
  expect(made.ok(), await made.text()).toBe(true)
  await open(page, `${DEMO}/standards/bell-answered/edit`)
  await page.locator('input[type=file]').setInputFiles({
    name: 'bell.png',
    mimeType: 'image/png',
    buffer: PICTURE,
  })
  await expect(page.getByText(/^In use: /)).toBeVisible()
  // Its name is in no language: one field, with all of it.
  await page.getByLabel('In one sentence', { exact: true }).fill('The bell is answered at once')
  // A picture is part of what is agreed: it comes with a version and a reason.
  await page.getByLabel(/^Why/).fill('So that everybody knows which bell')
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await expect(page).toHaveURL(/bell-answered(\?.*)?$/)
  const shown = page.locator('img.standard-picture').first()
  await expect(shown).toBeVisible()
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(0)

  await open(page, `${DEMO}/standards/bell-answered/edit`)
  await page.getByRole('button', { name: 'Retire this standard' }).click()
  const box = page.getByRole('region', { name: /^Retire: / })
  await box.getByLabel('Why it is retired').fill('The bell is gone')
  expect(await violations(page)).toEqual([])
  await box.getByRole('button', { name: 'Retire this standard' }).click()
  await open(page, `${DEMO}/standards/bell-answered`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The bell is answered at once')
  await expect(page.getByText('This standard is retired')).toBeVisible()
  const versions = page.locator('main')
  await expect(versions).toContainText('The bell is gone')
})

/** A moment that the product drew for the standard in the last weeks, in UTC. */
async function drawn(page: Page): Promise<{ id: string; at: number }> {
  for (let back = 0; back < 60; back++) {
    const day = new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10)
    const found = await page.request.get(`${DEMO}/api/v1/looks?unit=${UNIT}&day=${day}`)
    const { now, looks } = (await found.json()) as {
      now: string
      looks: { id: string; standard: string; at: string }[]
    }
    const look = looks.find(({ standard }) => standard === STANDARD)
    // The unit's clock against ours: winter or summer is the server's business.
    const ahead = Date.parse(`${now.slice(0, 19)}Z`) - Date.now()
    if (look) return { id: look.id, at: Date.parse(`${look.at}Z`) - ahead }
  }
  throw new Error('nothing was drawn in two months')
}

test('a look at a moment that was drawn counts as random', async ({ page }) => {
  const moment = await drawn(page)
  await page.clock.setFixedTime(new Date(moment.at + 4 * 60_000))
  await open(page, `${DEMO}/look?unit=${UNIT}&standard=${STANDARD}`)
  const sent = page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/v1/observations') && answer.request().method() === 'POST',
  )
  await page.getByLabel(/Measured, in/).fill('68')
  await page.getByRole('button', { name: 'Save' }).click()
  const answer = await sent
  const [said] = [answer.request().postDataJSON()].flat() as {
    chosen: string
    detail: { look: string }
  }[]
  expect(said.chosen).toBe('random')
  expect(said.detail.look).toBe(moment.id)
  const { results } = (await answer.json()) as { results: { status: string }[] }
  expect(results[0].status).toBe('stored')
})
