// Where the installations under test are, and how somebody comes in there.
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'

export const DEMO = process.env.EVENKEEL_URL ?? 'http://127.0.0.1:8651'
export const EMPTY = process.env.EVENKEEL_EMPTY_URL ?? 'http://127.0.0.1:8652'
export const BINARY = process.env.EVENKEEL_BIN ?? 'evenkeel'
/** Data directory of the empty installation; the workers inherit it. */
export const EMPTY_DIR = process.env.EVENKEEL_EMPTY_DIR ?? ''

export const ANN = { mail: 'ann@example.org', password: 'boterham met kaas' }

/** A new one-time link for the first administrator, as the operator makes one. */
export function firstLink(): string {
  const said = execFileSync(BINARY, ['link', '--json', '--dir', EMPTY_DIR], { encoding: 'utf8' })
  return (JSON.parse(said) as { path: string }).path
}

/** The page's browser is Ann's, the administrator of the empty installation. */
export async function comeIn(page: Page) {
  const { state } = await (await page.request.get(`${EMPTY}/api/v1/session`)).json()
  const headers = { origin: EMPTY }
  const came =
    state === 'first_start'
      ? await page.request.post(`${EMPTY}/api/v1/session/link`, {
          headers,
          data: { token: firstLink().split('#')[1], name: 'Ann Peeters', ...ANN },
        })
      : await page.request.post(`${EMPTY}/api/v1/session/password`, { headers, data: ANN })
  if (!came.ok()) throw new Error(`coming in: ${came.status()} ${await came.text()}`)
}
