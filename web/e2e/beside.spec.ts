// Beside the numbers of a standard: photos of looks, large with the keyboard, and what customers
// said where something came on top.
import { deflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'

import { expect, fits, open, PHONE, test, violations } from './page'
import { DEMO } from './servers'

// A standard's page with everything on it takes axe a while.
test.describe.configure({ timeout: 150_000 })

/** A PNG of one colour, so that there is something to see. */
function png(red: number, green: number, blue: number): Buffer {
  const [width, height] = [320, 240]
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.concat(Array.from({ length: width }, () => Buffer.from([red, green, blue]))),
  ])
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const crc = Buffer.alloc(4)
    crc.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, crc])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

/** Two looks with a photo, each once however often this is asked for. */
async function looks(page: Page) {
  const unit = 'amsterdam-pakhuisplein'
  for (const [at, [key, colour]] of Object.entries({
    'e2e-photo-1': [196, 120, 60],
    'e2e-photo-2': [60, 140, 110],
  } as Record<string, [number, number, number]>).entries()) {
    const kept = await page.request.post(`${DEMO}/api/v1/photos?unit=${unit}`, {
      headers: { 'content-type': 'image/png', origin: DEMO },
      data: png(...colour),
    })
    const { photo } = await kept.json()
    const look = await page.request.post(`${DEMO}/api/v1/observations`, {
      headers: { origin: DEMO },
      data: {
        standard: 'plate-temperature',
        unit,
        at: `2026-09-2${at}T12:00:00Z`,
        value: at === 0 ? 55 : 70,
        chosen: 'convenience',
        key,
        detail: { photo },
      },
    })
    expect(look.ok()).toBe(true)
  }
  // What waits in the inbox is moved within a second or so.
  await expect
    .poll(async () => {
      const found = await page.request.get(`${DEMO}/api/v1/standards/plate-temperature/photos`)
      return (await found.json()).photos.length
    })
    .toBe(2)
}

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', PHONE],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })

    test('photos open large, and the keyboard walks through them', async ({ page }) => {
      await looks(page)
      await open(page, `${DEMO}/standards/plate-temperature`)
      const photos = page.locator('#photos')
      await photos.scrollIntoViewIfNeeded()
      await expect(photos.getByRole('listitem')).toHaveCount(2)
      await expect(photos.getByRole('listitem').first()).toContainText('Kept')
      await expect(photos.getByRole('listitem').nth(1)).toContainText('Too low')
      expect(await violations(page)).toEqual([])
      await fits(page)
      await page.screenshot({
        path: `node_modules/.cache/looks/photos-${colorScheme}.png`,
        fullPage: true,
      })
      await photos.getByRole('button').first().focus()
      await page.keyboard.press('Enter')
      const large = page.getByRole('dialog')
      await expect(large.locator('img.photo-large')).toHaveJSProperty('complete', true)
      await expect(large).toContainText('1 of 2')
      await page.keyboard.press('ArrowRight')
      await expect(large).toContainText('2 of 2')
      await expect(large).toContainText('Too low')
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
      await expect(large).toHaveCount(0)
    })

    test('customers are heard where something came on top', async ({ page }) => {
      await open(page, `${DEMO}/standards/bill-brought`)
      const said = page.getByRole('region', { name: /What customers said where/ })
      await expect(said.getByRole('table')).toHaveCount(2)
      await expect(said).toContainText('it does not say that one brings the other')
      await expect(said.locator('blockquote').first()).not.toBeEmpty()
      await expect(said).toContainText('seen on top: a mint with the bill')
      expect(await violations(page)).toEqual([])
      await fits(page)
      await said.scrollIntoViewIfNeeded()
      await said.screenshot({ path: `node_modules/.cache/looks/extras-${colorScheme}.png` })
    })
  })
}
