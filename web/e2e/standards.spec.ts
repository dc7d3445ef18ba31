// The pages of standards: what is promised, whether it is kept, and how owners change it.
import { drawn, expect, fits, open, sticksOut, test, violations } from './page'
import { DEMO } from './servers'

const PAGES = [
  '/standards',
  '/standards/table-ready',
  '/standards/house-burger',
  '/standards/mail-tone',
  '/standards/map',
  '/standards/first-course/edit',
  '/standards/new',
]

for (const [colorScheme, viewport] of [
  ['light', { width: 1366, height: 900 }],
  ['dark', { width: 390, height: 844 }],
] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport })
    for (const address of PAGES) {
      test(`${address} is accessible and keeps inside`, async ({ page }) => {
        await open(page, DEMO + address)
        expect(await violations(page)).toEqual([])
        await fits(page)
        expect(await sticksOut(page)).toEqual([])
      })
    }
  })
}

test('the register stands in the order of a visit and says every outcome in words', async ({
  page,
}) => {
  await open(page, `${DEMO}/standards`)
  const places = await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents()
  expect(places.indexOf('Welcome')).toBeLessThan(places.indexOf('Kitchen'))
  expect(places.indexOf('Kitchen')).toBeLessThan(places.indexOf('After the visit'))
  const cards = page.locator('.standard-card:not([data-retired])')
  await expect(cards).not.toHaveCount(0)
  for (const card of await cards.all())
    await expect(card.locator('.verdict')).toHaveText(/^(met|not met|cannot tell yet|no outcome)$/)
})

test('the register is searched and filtered, and the filter is in the address', async ({
  page,
}) => {
  await open(page, `${DEMO}/standards`)
  await page.getByLabel('Find by name or owner').fill('burger')
  await expect(page.locator('.standard-card')).toHaveCount(1)
  await page.getByLabel('Find by name or owner').fill('')
  await page.getByLabel('About', { exact: true }).selectOption('Tone')
  await expect(page).toHaveURL(/dimension=tone/)
  await expect(page.locator('.standard-card')).toHaveCount(2)
  await page.getByRole('link', { name: 'Mail in our tone of voice' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mail in our tone of voice')
  await expect(page.getByText('Never say “as per my last mail”.')).toBeVisible()
})

test('a sequence is drawn from below, with every step named', async ({ page }) => {
  await open(page, `${DEMO}/standards/house-burger`)
  const layers = page.locator('.stack li')
  await expect(layers).toHaveCount(10)
  await expect(layers.last()).toHaveText('1 bun')
  await expect(layers.nth(3)).toHaveText('7 patty')
})

test('cells of the map are spoken unit by unit, and open the standard there', async ({ page }) => {
  await open(page, `${DEMO}/standards/map`)
  const figure = page.getByRole('figure', { name: 'Standards by unit' })
  await figure.getByRole('application').focus()
  await page.keyboard.press('ArrowRight')
  await expect(figure.locator('[aria-live]')).toContainText(
    /: (met|not met|cannot tell yet|no outcome|Not shown)/,
  )
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/standards\/[a-z-]+\?unit=/)
  await drawn(page)
})

test('owners see what is wrong and what would change while they write', async ({ page }) => {
  // The browser notes the refusal of a draft as an error.
  test.info().annotations.push({ type: 'console', description: '422' })
  await open(page, `${DEMO}/standards/first-course/edit`)
  await expect(page.getByText('Nothing yet: this is the version in force.')).toBeVisible()
  await page.getByLabel('Target: kept in').fill('120')
  await expect(page.getByText('1 thing to mend')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Save as version/ })).toBeDisabled()
  await page.getByLabel('Target: kept in').fill('90')
  await page.getByLabel('The time allowed').fill('15')
  await expect(
    page.getByText('The time allowed: from 20 minutes to 15 minutes', { exact: true }),
  ).toBeVisible()
  expect(await violations(page)).toEqual([])
  // Without a reason nothing is agreed.
  await expect(page.getByRole('button', { name: /^Save as version/ })).toBeDisabled()
  await page.getByLabel('Why').fill('Guests told us that twenty minutes are long.')
  await expect(page.getByRole('button', { name: /^Save as version/ })).toBeEnabled()
  await page.getByRole('tab', { name: 'As text' }).click()
  await expect(page.locator('#standard-text')).toHaveValue(/id = "first-course"/)
  expect(await violations(page)).toEqual([])
})
