// The phone page on a bad connection: nothing is lost and nothing comes twice.
import type { Page } from '@playwright/test'

import { Bridge } from './bridge'
import { cutOff, expect, fits, sticksOut, test, violations } from './page'
import { DEMO } from './servers'

const UNIT = 'amsterdam-pakhuisplein'
const PHONE = { width: 390, height: 844 }

let bridge: Bridge
test.beforeEach(async () => {
  bridge = await Bridge.open()
  test.info().annotations.push(
    // A lost network and a lost answer are what these tests are about.
    { type: 'console', description: 'net::ERR_' },
  )
})
test.afterEach(() => bridge.close())

/** How many looks the server counts for a standard, whichever way they were chosen. */
async function counted(page: Page, standard: string): Promise<number> {
  const found = await page.request.get(
    `${DEMO}/api/v1/standards/${standard}/deviations?convenience=true`,
  )
  expect(found.ok()).toBe(true)
  return ((await found.json()) as { looks: number }).looks
}

const queue = (page: Page) => page.locator('[aria-labelledby=queue]')

/** The page is kept on the phone: from here on it needs no network. */
async function ready(page: Page, search: string) {
  await page.goto(`${bridge.address}/look?unit=${UNIT}${search}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForFunction(async () => {
    const registered = await navigator.serviceWorker.getRegistration('/look')
    const shell = await caches.match('/look', { cacheName: 'evenkeel-look-shell' })
    const agreed = await caches.open('evenkeel-look-agreed')
    return registered?.active && shell && (await agreed.keys()).length >= 3
  })
  // The worker takes over with the next opening.
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: PHONE, hasTouch: true })

    test('a look without a network waits through a reload and is sent once', async ({
      page,
      context,
    }) => {
      const before = await counted(page, 'table-ready')
      await ready(page, '&standard=table-ready')
      await context.setOffline(true)
      await page.getByRole('checkbox', { name: /clean/ }).click()
      await page.locator('input[type=file]').setInputFiles({
        name: 'table.png',
        mimeType: 'image/png',
        buffer: PICTURE,
      })
      await expect(page.getByRole('img', { name: 'The photo you took' })).toBeVisible()
      expect(await violations(page)).toEqual([])
      // What is ticked and photographed stays through a reload without a network.
      await page.reload()
      await expect(page.getByRole('checkbox', { name: /clean/ })).toBeChecked()
      await expect(page.getByRole('img', { name: 'The photo you took' })).toBeVisible()
      await page.getByRole('button', { name: 'Could not' }).click()
      await page.getByRole('button', { name: 'a card for a birthday' }).click()
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('Saved on this phone.')).toBeVisible()
      await expect(queue(page)).toHaveAttribute('data-waiting', '1')
      await page.reload()
      await expect(queue(page)).toHaveAttribute('data-waiting', '1')
      await expect(queue(page).getByText(/No connection/)).toBeVisible()
      expect(await violations(page)).toEqual([])
      await page.getByRole('checkbox', { name: /clean/ }).click()
      await page.getByRole('checkbox', { name: /Cutlery/ }).click()
      await page.getByRole('checkbox', { name: /menu/ }).click()
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(queue(page)).toHaveAttribute('data-waiting', '2')
      expect(bridge.said).toEqual([])

      await context.setOffline(false)
      await expect(queue(page)).toHaveAttribute('data-waiting', '0')
      await expect(queue(page)).toHaveAttribute('data-sent', '2')
      expect(bridge.said.map(({ status }) => status)).toEqual(['stored', 'stored'])
      expect(new Set(bridge.said.map(({ key }) => key)).size).toBe(2)
      expect(bridge.photos).toBe(1)
      // Into the figures it comes a few seconds later.
      await expect.poll(() => counted(page, 'table-ready')).toBe(before + 2)
      expect(await violations(page)).toEqual([])
    })

    test('an answer that gets lost doubles nothing', async ({ page }) => {
      const before = await counted(page, 'plate-temperature')
      await ready(page, '&standard=plate-temperature')
      bridge.loseAnswers(2)
      await page.getByLabel(/Measured, in/).fill('68,5')
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(queue(page)).toHaveAttribute('data-sent', '1')
      const [first, ...again] = bridge.said
      expect(first.status).toBe('stored')
      expect(again).toEqual([
        { key: first.key, status: 'already_stored' },
        { key: first.key, status: 'already_stored' },
      ])
      await expect.poll(() => counted(page, 'plate-temperature')).toBe(before + 1)
    })
  })
}

test.describe('a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true })

  test('the clock runs on through a reload', async ({ page }) => {
    await ready(page, '&standard=first-course')
    await page.getByRole('button', { name: /Start/ }).click()
    await expect(page.getByRole('timer')).toHaveText('00:01')
    await page.reload()
    await expect(page.getByRole('button', { name: /Stop/ })).toBeVisible()
    await expect(page.getByRole('timer')).not.toHaveText(/^00:0[01]$/)
    await page.getByRole('button', { name: /Stop/ }).click()
    await expect(page.getByText(/^\d+ sec: within 20 min/)).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(queue(page)).toHaveAttribute('data-sent', '1')
  })

  test('steps are tapped in order, and the last can be undone', async ({ page }) => {
    await ready(page, '&standard=house-burger')
    const step = (name: string) => page.getByRole('button', { name, exact: true })
    await step('bun').click()
    await step('patty').click()
    await page.getByRole('button', { name: 'Undo the last' }).click()
    await step('sauce').click()
    await expect(page.locator('.stack li')).toHaveText(['2 sauce', '1 bun'])
    await page.getByLabel('Something else', { exact: true }).fill('onion')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.locator('.stack li')).toHaveCount(3)
    await expect(page.getByRole('heading', { name: /Why\?/ })).toBeVisible()
  })

  for (const standard of ['table-ready', 'mail-tone', 'welcome-rubric', 'house-burger']) {
    test(`${standard}: fits a thumb and the screen`, async ({ page }) => {
      await ready(page, `&standard=${standard}`)
      await fits(page)
      expect(await sticksOut(page)).toEqual([])
      expect(await cutOff(page)).toEqual([])
      expect(await violations(page)).toEqual([])
      // 44 pixels is what a thumb needs.
      const small = await page
        .locator('.tick, .away, .score, .tap-chip, .look-save button')
        .evaluateAll((all) =>
          all
            .map((one) => one.getBoundingClientRect())
            .filter(({ width, height }) => width < 44 || height < 44),
        )
      expect(small).toEqual([])
    })
  }
})
