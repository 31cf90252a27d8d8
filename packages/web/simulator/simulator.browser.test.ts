import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { axeFaults, openBrowser } from '@voltway/ui/testing/browser'
import type { Browser } from 'playwright-core'
import { build } from 'vite'
import { startFakeSimulator } from './testing/fake-simulator.ts'

const NOW = Date.parse('2026-03-11T14:30:00Z')
const root = mkdtempSync(join(tmpdir(), 'voltway-simulator-'))
let browser: Browser
let simulator: Awaited<ReturnType<typeof startFakeSimulator>>

before(async () => {
  await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    build: { outDir: root, emptyOutDir: true, minify: false },
  })
  simulator = await startFakeSimulator({ root, now: NOW })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await simulator?.close()
  rmSync(root, { recursive: true, force: true })
})
const openPage = async (dark = false) => {
  const context = await browser.newContext({
    viewport: dark ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  })
  // A busy machine is slow, not wrong.
  context.setDefaultTimeout(120_000)
  return { page: await context.newPage(), close: () => context.close() }
}

for (const dark of [false, true])
  test(`the page is accessible and fits, ${dark ? 'dark on a phone' : 'light on a desk'}`, async () => {
    const { page, close } = await openPage(dark)
    await page.goto(`${simulator.url}#SIM-001`)
    await page.getByRole('heading', { name: 'SIM-001' }).waitFor()
    assert.deepEqual(await axeFaults(page), [])
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
    await close()
  })

test('a car is plugged in by keyboard, the event lights the state, and a refusal is said', async () => {
  const { page, close } = await openPage()
  await page.goto(`${simulator.url}#SIM-002`)
  await page.getByRole('img', { name: 'The connector is in the state available' }).waitFor()
  await page.getByRole('button', { name: 'Start' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Show a card first.').waitFor()
  await page.getByRole('button', { name: 'Plug in' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('img', { name: 'The connector is in the state charging' }).waitFor()
  await page.getByRole('textbox', { name: 'Card or booking id' }).fill('K7QP4')
  await page.keyboard.press('Enter')
  await page.getByText('×60', { exact: true }).click()
  await page.getByRole('button', { name: 'Drop the link' }).click()
  await page.waitForTimeout(200)
  assert.deepEqual(
    simulator.actions.map(({ path, body }) => [path.split('/').slice(3).join('/'), body]),
    [
      ['connectors/1/start', {}],
      ['connectors/1/plug', { car: { label: 'Hatchback', socPercent: 35 } }],
      ['connectors/1/card', { idToken: 'K7QP4' }],
      ['clock', { rate: 60 }],
      ['link', { up: false }],
    ],
  )
  await close()
})
