// Make it mine: a file of one's own, from the choice to the report.
import { expect, fits, open, test, violations } from './page'
import { DEMO } from './servers'

const HEAD = 'restaurant,visited,recommend,satisfied,shoe size'
const rows = (count: number, last = '') =>
  [
    HEAD,
    ...Array.from(
      { length: count },
      (_, at) =>
        `amsterdam-pakhuisplein,2026-08-${String((at % 28) + 1).padStart(2, '0')},${at % 11},${(at % 5) + 1},${36 + (at % 10)}`,
    ),
    ...(last ? [last] : []),
  ].join('\n')

const file = (name: string, text: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(text),
})

test('an empty start says what to do', async ({ page }) => {
  await open(page, `${DEMO}/import`)
  await expect(page.getByRole('button', { name: 'Choose a file', exact: true })).toBeVisible()
  await expect(page.getByText('Drop a file here, or')).toBeVisible()
  await expect(page.getByRole('region', { name: 'What came in before' })).toBeVisible()
})

test('a file is guessed, corrected, looked at and stored', async ({ page }) => {
  await open(page, `${DEMO}/import`)
  await page.locator('input[type=file]').setInputFiles(file('visits.csv', rows(60)))
  const mapping = page.getByLabel('Mapping', { exact: true })
  await expect(mapping).toContainText('guest-visit')
  const taken = (column: string) => page.getByLabel(`${column}: taken for`)
  await expect(taken('recommend')).toHaveValue('item:recommend')
  await expect(taken('shoe size')).toHaveValue('')
  // A correction in the table shows in the text.
  await taken('satisfied').selectOption('')
  await expect(mapping).not.toContainText('id = "satisfied"')
  await taken('satisfied').selectOption('item:satisfied')
  await expect(mapping).toContainText('id = "satisfied"')
  expect(await violations(page)).toEqual([])
  await fits(page)

  await page.getByRole('button', { name: 'Look at the rows', exact: true }).click()
  await expect(page.getByText('No problems found')).toBeVisible()
  await expect(page.getByText('All 60 rows were checked.')).toBeVisible()
  await expect(page.getByRole('table', { name: /as they would be stored/ })).toContainText(
    'amsterdam-pakhuisplein',
  )
  expect(await violations(page)).toEqual([])

  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const report = page.getByRole('table', { name: 'Stored' })
  await expect(report.getByRole('row', { name: /^Rows read/ })).toContainText('60')
  await expect(report.getByRole('row', { name: /^Stored/ })).toContainText('60')
  expect(await violations(page)).toEqual([])
  await page.getByRole('link', { name: 'Look at the overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Overview')
})

test('a bad row is named by line and column, and nothing is stored', async ({ page }) => {
  await open(page, `${DEMO}/import`)
  const text = rows(40, 'amsterdam-pakhuisplein,2026-08-03,eleven,4,41')
  await page.locator('input[type=file]').setInputFiles(file('typed.csv', text))
  await page.getByRole('button', { name: 'Look at the rows', exact: true }).click()
  await expect(page.getByText('1 problem found. Nothing has been stored.')).toBeVisible()
  await expect(page.getByText(/line 42, column recommend/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled()
  expect(await violations(page)).toEqual([])
  await page.getByLabel(/Store the good rows/).check()
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled()
})

test('a mapping that cannot be read says where', async ({ page }) => {
  await open(page, `${DEMO}/import`)
  await page.locator('input[type=file]').setInputFiles(file('visits2.csv', rows(20)))
  await page.getByLabel('Mapping', { exact: true }).fill('kind = = "responses"')
  // The refusal comes as 422, which the browser notes in its console.
  test.info().annotations.push({ type: 'console', description: '422' })
  await page.getByRole('button', { name: 'Look at the rows', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('line 1')
  expect(await violations(page)).toEqual([])
})
