// The keepers' pulse: a member answers on a phone, once a month; results stand with the standard.
import { DEMO } from './servers'
import { drawn, expect, fits, lookAs, open, PHONE, test, violations } from './page'

test.describe('the keepers are asked', () => {
  test.describe.configure({ mode: 'serial' })

  test('a member answers with thumbs, once, in the dark too', async ({ page }) => {
    await page.setViewportSize(PHONE)
    await lookAs(page, /Inès/)
    await open(page, `${DEMO}/pulse`)
    await drawn(page)
    // Two groups owe standards: which one is hers, the page cannot know.
    await page.getByRole('button', { name: 'Restaurant teams' }).click()
    const cards = page.getByRole('region')
    await expect(cards).toHaveCount(2)
    const send = page.getByRole('button', { name: /^(Answer the five|Send)/ })
    await expect(send).toBeDisabled()
    expect(await violations(page)).toEqual([])
    await fits(page)
    const first = cards.first()
    for (const [question, answer] of [
      [/know exactly/, 'Yes'],
      [/the time/, 'No'],
      [/the means/, 'Partly'],
      [/enough colleagues/, 'No'],
      [/want to keep/, 'Yes'],
    ] as const)
      await first
        .getByRole('group', { name: question })
        .getByRole('radio', { name: answer })
        .check()
    await page.screenshot({ path: 'node_modules/.cache/looks/pulse-phone.png', fullPage: true })
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await violations(page)).toEqual([])
    await page.screenshot({ path: 'node_modules/.cache/looks/pulse-dark.png', fullPage: true })
    await page.getByRole('button', { name: 'Send the answers about one standard' }).click()
    // One is answered, the other still waits.
    await expect(cards).toHaveCount(1)
    await page.reload()
    await expect(cards).toHaveCount(1)
    for (const group of await cards.first().getByRole('group').all())
      await group.getByRole('radio', { name: 'Yes' }).check()
    await page.getByRole('button', { name: 'Send the answers about one standard' }).click()
    await expect(page.getByRole('status')).toContainText('That is all for this month')
  })

  test('with the keyboard alone', async ({ page }) => {
    await lookAs(page, /Tom/)
    await open(page, `${DEMO}/pulse?party=back_office`)
    await drawn(page)
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    const first = page.getByRole('group', { name: /know exactly/ }).first()
    await expect(first.getByRole('radio', { name: 'Partly' })).toBeChecked()
  })

  test('who belongs to no unit is told why nothing is asked', async ({ page }) => {
    await lookAs(page, /Sofie/)
    await expect(page.getByRole('link', { name: 'Your say' })).toHaveCount(0)
    await open(page, `${DEMO}/pulse`)
    await expect(page.getByRole('status')).toContainText('belongs to no unit')
  })

  test('what they say stands with the standard', async ({ page }) => {
    await open(page, `${DEMO}/standards/house-burger`)
    await drawn(page)
    const said = page.locator('#keepers')
    await expect(said.getByRole('row')).toHaveCount(6)
    await expect(said).toContainText('to know exactly what is asked (6')
    await expect(said.getByRole('row', { name: /want to keep it/ })).toContainText('%')
    expect(await violations(page)).toEqual([])
    await said.screenshot({ path: 'node_modules/.cache/looks/keepers.png' })
  })
})
