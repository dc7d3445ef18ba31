// What all browser tests share: a page that fails on any console error, and axe.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'

export { expect }

export const test = base.extend<{ quiet: void }>({
  // A refused script or style (CSP) and an exception both show in the console.
  quiet: [
    async ({ page }, use, testInfo) => {
      const said: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error') said.push(message.text())
      })
      page.on('pageerror', (error) => said.push(error.message))
      await use()
      // A test that provokes a refusal names the status; the browser notes it as an error.
      const expected = testInfo.annotations.filter(({ type }) => type === 'console')
      const loud = said.filter(
        (text) => !expected.some(({ description }) => text.includes(`status of ${description}`)),
      )
      expect(loud, 'the console stays quiet').toEqual([])
    },
    { auto: true },
  ],
})

export const PHONE = { width: 375, height: 740 }

/** Opens a page and waits until its charts are drawn. */
export async function open(page: Page, address: string) {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await drawn(page)
}

/** No chart is waiting for its first drawing. */
export async function drawn(page: Page) {
  await expect(page.locator('.chart-box[data-ready="false"]')).toHaveCount(0)
}

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')

interface Violation {
  id: string
  impact: string
  nodes: { target: unknown; any: { message: string }[] }[]
}

/** What axe finds against WCAG 2.2 AA, in words. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not added as a script: the page's CSP stays in force.
  await page.evaluate(source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> }
    }
    const found = await axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    })
    return found.violations.map(
      ({ id, impact, nodes }) =>
        `${id} (${impact}) × ${nodes.length}: ${nodes[0].target} ${nodes[0].any[0]?.message ?? ''}`,
    )
  })
}

/** Nothing sticks out to the side. */
export async function fits(page: Page) {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(beyond).toBe(0)
}
