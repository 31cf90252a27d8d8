import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axeFaults } from '@voltway/ui/testing/axe-faults'
import { openBrowser } from '@voltway/ui/testing/browser'
import { type BuiltApp, builtApp } from '@voltway/ui/testing/built-app'
import type { Browser } from 'playwright-core'
import { startFakeSimulator } from './testing/fake-simulator.ts'

const NOW = Date.parse('2026-03-11T14:30:00Z')
let app: BuiltApp
let browser: Browser
let simulator: Awaited<ReturnType<typeof startFakeSimulator>>

before(async () => {
  app = await builtApp('simulator')
  simulator = await startFakeSimulator({ root: app.root, now: NOW })
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await simulator?.close()
  await app?.remove()
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
  await page.getByText('No car is plugged in.').waitFor()
  const speech = page.getByLabel('How the car speaks')
  await speech.focus()
  await page.keyboard.press('End')
  assert.equal(await speech.inputValue(), 'iso20Dynamic')
  await page.getByLabel('Leaves').selectOption('In 8 h')
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
      ['connectors/1/plug', { car: { label: 'Hatchback', socPercent: 35 }, speaks: 'iso20Dynamic', departureSeconds: 28_800 }],
      ['connectors/1/card', { idToken: 'K7QP4' }],
      ['clock', { rate: 60 }],
      ['link', { up: false }],
    ],
  )
  await close()
})

test('car, station and server stand in one picture, loops with their count, and on a phone two columns at a time', async () => {
  for (const phone of [false, true]) {
    const { page, close } = await openPage(phone)
    await page.goto(`${simulator.url}#SIM-001`)
    const picture = page.getByRole('region', { name: 'Sequence of messages at connector 1' })
    const loop = picture.getByRole('listitem').filter({ hasText: 'Charger (SECC) to Car (EVCC): CurrentDemandRes' })
    await loop.getByText('OK · 2418 times').waitFor()
    const ocpp = picture.getByRole('listitem').filter({ hasText: 'Station (OCPP) to Server: TransactionEvent' })
    assert.equal((await ocpp.count()) > 0, !phone)
    await page.getByText('Station – server').first().click()
    await ocpp.first().waitFor()
    await loop.waitFor({ state: 'detached' })
    await close()
  }
})

test('a car that waits by its own choice says until when', async () => {
  const { page, close } = await openPage()
  await page.goto(`${simulator.url}#SIM-006`)
  const waiting = page.getByRole('region', { name: 'Connector 1', exact: true })
  await waiting.getByText(/^The car waits for cheaper hours: by its choice it charges from \d\d:30\.$/).waitFor()
  await waiting
    .getByLabel('Leaves')
    .getByText(/^At \d\d:30$/)
    .waitFor({ state: 'attached' })
  await close()
})

test('a session that is over says why in words, and a car that does not speak says that', async () => {
  const { page, close } = await openPage()
  await page.goto(`${simulator.url}#SIM-004`)
  const first = page.getByRole('region', { name: 'Connector 1', exact: true })
  await first.getByText('The station refused what the car sent.').waitFor()
  await first.getByText('FAILED_CertChainError', { exact: true }).waitFor()
  await page.goto(`${simulator.url}#SIM-010`)
  const second = page.getByRole('region', { name: 'Connector 2', exact: true })
  await second.getByText('This car charges by the control pilot alone.').waitFor()
  await close()
})

test('prices that a car did not believe stand in the sequence, marked, on a desk and on a phone', async () => {
  for (const phone of [false, true]) {
    const { page, close } = await openPage(phone)
    await page.goto(`${simulator.url}#SIM-008`)
    const picture = page.getByRole('region', { name: 'Sequence of messages at connector 1' })
    const refused = picture.getByRole('listitem').filter({ hasText: 'unbelievedPrices: prices without a signature' })
    await refused.getByText('ScheduleExchangeRes').waitFor()
    assert.deepEqual([await refused.count(), await refused.getAttribute('data-bad')], [1, 'true'])
    const words = refused.getByText(/^unbelievedPrices/)
    assert.ok(await words.evaluate((element) => element.scrollWidth <= element.clientWidth), 'its words are cut')
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
    await close()
  }
})
