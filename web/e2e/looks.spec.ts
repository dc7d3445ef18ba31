// Every page in every look: axe finds nothing, nothing sticks out, the console is quiet.
import { drawn, expect, fits, open, PHONE, test, violations } from './page'
import { DEMO } from './servers'

const PAGES = [
  ['overview', '/'],
  ['overview of regions', '/?level=region'],
  ['overview by year', '/?granularity=year'],
  ['voices of guests', '/voices'],
  ['voices of teams', '/voices?party=frontline'],
  ['voices of nobody', '/voices?party=back_office'],
  ['methods', '/methods#drivers'],
  ['what we agreed', '/agreed'],
  ['import', '/import'],
  ['a page that does not exist', '/nowhere'],
] as const

for (const colorScheme of ['light', 'dark'] as const) {
  for (const size of ['desktop', 'phone'] as const) {
    test.describe(`${colorScheme}, ${size}`, () => {
      test.use({ colorScheme, ...(size === 'phone' ? { viewport: PHONE, hasTouch: true } : {}) })
      for (const [name, address] of PAGES) {
        test(name, async ({ page }) => {
          await open(page, DEMO + address)
          expect(await violations(page)).toEqual([])
          await fits(page)
        })
      }

      test('a unit', async ({ page }) => {
        await open(page, `${DEMO}/?unit=amsterdam-pakhuisplein`)
        const drawer = page.getByRole('dialog')
        await expect(drawer.getByRole('figure').first()).toBeVisible()
        await drawn(page)
        expect(await violations(page)).toEqual([])
      })

      test('a figure as a table', async ({ page }) => {
        await open(page, DEMO)
        await page.getByRole('button', { name: /^Options of Where customers/ }).click()
        expect(await violations(page)).toEqual([])
        await page.getByRole('menuitem', { name: 'Show as table' }).click()
        await expect(page.getByRole('table', { name: /Where customers/ })).toBeVisible()
        // The menu fades out; what fades has no contrast to measure.
        await expect(page.getByRole('menu')).toBeHidden()
        expect(await violations(page)).toEqual([])
      })
    })
  }
}

test('printed, the navigation is gone', async ({ page }) => {
  await open(page, DEMO)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation')).toBeHidden()
  await expect(page.getByRole('figure').first()).toBeVisible()
})
