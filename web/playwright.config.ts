// Browser tests against the real binary. EVENKEEL_BIN is the binary to start, or
// EVENKEEL_URL (the demo) and EVENKEEL_EMPTY_URL (an empty installation) are already served.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

import { DEMO, EMPTY } from './e2e/servers'

const binary = process.env.EVENKEEL_BIN ?? 'evenkeel'
// Named once, by the first process: workers read this file again and inherit the name.
const folder = (process.env.EVENKEEL_E2E_DIR ??= mkdtempSync(join(tmpdir(), 'evenkeel-e2e-')))
process.env.EVENKEEL_EMPTY_DIR ??= join(folder, 'empty')
const start = (command: string, url: string, dir: string) => ({
  command: `exec "${binary}" ${command} --dir "${dir}"`,
  url,
  timeout: 120_000,
  stdout: 'ignore' as const,
  stderr: 'pipe' as const,
})

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'node_modules/.cache/e2e',
  // One installation for all tests; those that change it have it for themselves.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  // A page asks a debug build several questions at once, beside whatever the machine does.
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: 1366, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: process.env.EVENKEEL_URL
    ? undefined
    : [
        start(`demo --port ${new URL(DEMO).port}`, `${DEMO}/api/v1/session`, join(folder, 'demo')),
        start(
          `serve --listen ${new URL(EMPTY).host}`,
          `${EMPTY}/api/v1/session`,
          process.env.EVENKEEL_EMPTY_DIR,
        ),
      ],
})
