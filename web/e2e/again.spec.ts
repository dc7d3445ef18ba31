// Judging stored observations again: an owner corrects a standard for days that are over, is told
// what that would change, and has it done for good.
import type { Page } from '@playwright/test'

import { expect, fits, open, test, violations } from './page'
import { DEMO } from './servers'

const ID = 'again-e2e'
const PATH = `/api/v1/standards/${ID}`

/** A standard of the visitor's own team, as text. */
async function standard(page: Page, within: string) {
  const shown = await page.request.get(`${DEMO}/api/v1/standards/first-course`)
  const { text } = (await shown.json()) as { text: string }
  return text
    .replace('id = "first-course"', `id = "${ID}"`)
    .replace(/^picture = .*\n/m, '')
    .replace(/within = "[^"]*"/, `within = "${within}"`)
}

const ask = async (page: Page, method: string, path: string, data: object) => {
  const headers = { origin: DEMO }
  const answer = await page.request.fetch(DEMO + path, { method, headers, data })
  const said = await answer.text()
  // Observations are refused one by one, in an answer that is none itself.
  if (!answer.ok() || said.includes('"refused"')) throw new Error(`${path}: ${said}`)
}

test('what was written wrongly is put right, first seen and then done', async ({ page }) => {
  await open(page, `${DEMO}/standards`)
  const first = { text: await standard(page, '10min'), reason: 'new', valid_from: '2026-01-01' }
  await ask(page, 'PUT', PATH, first)
  const looks = [300, 700, 900, 1500].map((value, at) => ({
    standard: ID,
    unit: 'amsterdam-pakhuisplein',
    chosen: 'census',
    at: `2026-0${at + 2}-03T12:00:00Z`,
    value,
  }))
  await ask(page, 'POST', '/api/v1/observations', looks)
  await page.goto(`${DEMO}/standards/${ID}/edit`)
  await page.getByLabel('The time allowed').fill('20')
  await page.getByLabel('Why').fill('Twenty minutes were meant.')
  await page.getByLabel('Holds from').fill('2026-03-01')
  await page.getByRole('button', { name: /^Save as version/ }).click()
  // The page says that what was seen since then is judged by the version before.
  await expect(page.getByText('is still judged by the version before')).toBeVisible()
  const form = page.getByRole('region', { name: 'Judge observations again' })
  await expect(form.getByLabel('From day')).toHaveValue('2026-03-01')
  await form.getByRole('button', { name: 'What would change' }).click()
  await expect(form.getByText('Not kept before, kept now: 2')).toBeVisible()
  await expect(form.getByText('By version 2 instead of version 1: 3')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Judge again', exact: true })).toBeDisabled()
  expect(await violations(page)).toEqual([])
  await fits(page)
  await form.getByLabel('Why they are judged again').fill('Twenty minutes were meant.')
  await form.getByRole('button', { name: 'Judge again', exact: true }).click()
  await expect(page.getByText('It is done.')).toBeVisible()
  const section = page.locator('#again')
  await expect(section.getByText('3 observations, 3 of them judged otherwise')).toBeVisible()
  await expect(section.getByText(/: Twenty minutes were meant\./)).toBeVisible()
  expect(await violations(page)).toEqual([])
  // The demo is as it was, for the other tests.
  await ask(page, 'POST', `${PATH}/retire`, { reason: 'a test', valid_from: '2026-01-01' })
})
