// The frame: languages, light and dark, the skip link, the menu of a phone.
import { expect, fits, open, PHONE, test } from './page'
import { DEMO } from './servers'

test('speaks the reader’s language and remembers the chosen one', async ({ page }) => {
  await open(page, DEMO)
  await page.getByLabel('Language', { exact: true }).selectOption('nl')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overzicht, K3 2026')
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl')
  // What the organisation named and what Evenkeel says are both Dutch.
  await expect(page.getByRole('heading', { name: 'Gasten', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overzicht, K3 2026')
})

test.describe('a Dutch browser', () => {
  test.use({ locale: 'nl-NL' })
  test('is answered in Dutch', async ({ page }) => {
    await open(page, `${DEMO}/agreed`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Afspraken')
    await expect(page).toHaveTitle('Afspraken · Evenkeel')
  })
})

for (const [language, heading, guests] of [
  ['fr', 'Vue d’ensemble, T3 2026', 'Clients'],
  ['de', 'Überblick, Q3 2026', 'Gäste'],
] as const) {
  test(`speaks ${language}`, async ({ page }) => {
    await open(page, DEMO)
    await page.getByLabel('Language', { exact: true }).selectOption(language)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading.replace('’', "'"))
    await expect(page.getByRole('heading', { name: guests, exact: true })).toBeVisible()
    await expect(page.getByText('{')).toHaveCount(0)
    await fits(page)
  })
}

test('light or dark is a choice that stays', async ({ page }) => {
  await open(page, DEMO)
  await page.getByRole('button', { name: 'Dark mode' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(page.getByRole('button', { name: 'Light mode' })).toBeVisible()
})

test('the first Tab offers a way past the navigation', async ({ page }) => {
  await open(page, DEMO)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test.describe('a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true })
  test('has the pages behind a menu', async ({ page }) => {
    await open(page, DEMO)
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'What we agreed' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What we agreed')
  })
})

test('what we agreed names owner and version, and can be searched', async ({ page }) => {
  await open(page, `${DEMO}/agreed`)
  const standards = page.getByRole('region', { name: 'Standards' })
  await expect(standards.getByRole('row', { name: /First course within twenty/ })).toContainText(
    'Guest experience',
  )
  await page.getByLabel('Find by name, id or owner').fill('kitchen-craft')
  await expect(page.getByRole('region', { name: 'Units' })).toBeHidden()
  await expect(standards.getByRole('row', { name: /House burger/ })).toBeVisible()
})

test('the picture part is not loaded where nothing is drawn', async ({ page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await open(page, `${DEMO}/agreed`)
  expect(asked.filter((url) => /engine-.*\.js/.test(url))).toEqual([])
})
