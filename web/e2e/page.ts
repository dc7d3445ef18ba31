// What all browser tests share: a page that fails on any console error, and axe.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'

import { DEMO } from './servers'

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
      // A test that provokes a refusal names the status, one that cuts the network its error; the
      // browser notes both.
      const expected = testInfo.annotations.filter(({ type }) => type === 'console')
      const loud = said.filter(
        (text) =>
          !expected.some(
            ({ description = '' }) =>
              text.includes(`status of ${description}`) ||
              (description.startsWith('net::') && text.includes(description)),
          ),
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

/** Chooses one of the demo's people. */
export async function lookAs(page: Page, person: RegExp) {
  await open(page, DEMO)
  await page.getByRole('button', { name: /^You are / }).click()
  await page.getByRole('menuitem', { name: person }).click()
  await expect(page.getByRole('button', { name: /^You are / })).toHaveAttribute(
    'aria-label',
    new RegExp(person.source),
  )
  await drawn(page)
}

/** No chart is waiting for its first drawing. */
export async function drawn(page: Page) {
  // What is still being asked for has no chart yet.
  await expect(page.locator('.mantine-Skeleton-root, .mantine-Loader-root')).toHaveCount(0)
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

/**
 * Elements beyond the inner edge of the page's main part, or of another box. What scrolls by
 * itself may be wider inside; what only a screen reader meets has no place.
 */
export async function sticksOut(page: Page, within = 'main'): Promise<string[]> {
  return page.evaluate((selector) => {
    const box = document.querySelector(selector)
    if (!box) return [`there is no ${selector}`]
    const style = getComputedStyle(box)
    const edge = box.getBoundingClientRect()
    const left = edge.left + parseFloat(style.paddingLeft)
    const right = edge.right - parseFloat(style.paddingRight)
    return [...box.querySelectorAll('*')].flatMap((one) => {
      const { left: from, right: to, width } = one.getBoundingClientRect()
      if (width <= 1 || (from >= left - 0.5 && to <= right + 0.5)) return []
      if (one.closest('.sr-only, .mantine-ScrollArea-root, [aria-hidden] svg')) return []
      return [
        `${one.tagName} ${Math.round(from)}–${Math.round(to)}: ${one.textContent?.slice(0, 60)}`,
      ]
    })
  }, within)
}

/** Texts of which a part is hidden, an ellipsis included. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('main *, header *')].flatMap((one) => {
      const { overflowX } = getComputedStyle(one)
      const shut = overflowX === 'hidden' || overflowX === 'clip'
      if (!shut || one.clientWidth <= 1 || one.scrollWidth <= one.clientWidth) return []
      if (one.closest('.mantine-ScrollArea-root, [data-truncate], [aria-hidden]')) return []
      return [`${one.tagName}.${one.className}: ${one.textContent?.slice(0, 60)}`]
    }),
  )
}

/** Pairs of texts in a figure of which one lies over the other, and texts out of its frame. */
export async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.chart-box svg')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect()
      const texts = [...svg.querySelectorAll('text')].map((one) => ({
        said: one.textContent,
        box: one.getBoundingClientRect(),
      }))
      // A glyph's box has room above and below; letters touch from 2 pixels on.
      const touch = 2
      return texts.flatMap((one, at) => [
        ...(one.box.left < frame.left - 1 || one.box.right > frame.right + 1
          ? [`${one.said} leaves its frame`]
          : []),
        ...texts
          .slice(at + 1)
          .filter(
            (other) =>
              one.box.left + touch < other.box.right &&
              other.box.left + touch < one.box.right &&
              one.box.top + touch < other.box.bottom &&
              other.box.top + touch < one.box.bottom,
          )
          .map((other) => `${one.said} over ${other.said}`),
      ])
    }),
  )
}
