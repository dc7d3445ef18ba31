// On a phone, in every language: nothing leaves the page, nothing is cut off, and in the
// figures no text lies over another.
import { cutOff, drawn, expect, fits, open, overlaps, sticksOut, test } from './page'
import { comeIn, DEMO, EMPTY } from './servers'

const PAGES = [
  '/',
  '/?level=region',
  '/?granularity=year',
  '/voices',
  '/voices?party=frontline',
  '/voices?party=back_office',
  '/standards',
  '/standards/table-ready',
  '/standards/house-burger',
  '/standards/map',
  '/standards/new',
  '/standards/table-ready/edit',
  '/look?unit=amsterdam-pakhuisplein',
  '/look?unit=amsterdam-pakhuisplein&standard=table-ready',
  '/methods',
  '/agreed',
  '/import',
  '/people',
  '/cases',
  '/hooks',
  '/standards/bill-brought',
  '/log',
  '/nowhere',
]
const LANGUAGES = ['en', 'nl', 'fr', 'de']
const PLACE = 'amsterdam-pakhuisplein'

// 320 is what WCAG's reflow asks for; the longest words are German.
for (const [width, locale] of [
  ...LANGUAGES.map((one) => [390, one] as const),
  [320, 'de'] as const,
]) {
  test.describe(`${width} pixels, ${locale}`, () => {
    test.use({ locale, viewport: { width, height: 844 }, hasTouch: true })
    for (const address of [...PAGES.map((page) => DEMO + page), `${EMPTY}/start`]) {
      test(`${new URL(address).pathname}${new URL(address).search} keeps inside`, async ({
        page,
      }) => {
        if (address.startsWith(EMPTY)) await comeIn(page)
        await open(page, address)
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        await fits(page)
        expect(await sticksOut(page)).toEqual([])
        expect(await cutOff(page)).toEqual([])
        expect(await overlaps(page)).toEqual([])
      })
    }

    test('a unit keeps inside', async ({ page }) => {
      await open(page, `${DEMO}/?unit=${PLACE}`)
      const drawer = page.getByRole('dialog')
      await expect(drawer.getByRole('figure').first()).toBeVisible()
      await drawn(page)
      expect(await sticksOut(page, '[role=dialog]')).toEqual([])
      expect(await overlaps(page)).toEqual([])
    })
  })
}

for (const width of [390, 768, 1366, 1920]) {
  test(`names of units stand apart on ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 })
    await open(page, `${DEMO}/?unit=${PLACE}`)
    await page.keyboard.press('Escape')
    const names = page.getByRole('figure', { name: 'Where customers and teams meet' })
    await expect(names.locator('svg text')).not.toHaveCount(0)
    expect(await overlaps(page)).toEqual([])
  })
}
