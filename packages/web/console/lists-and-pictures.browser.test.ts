import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axeFaults } from '@voltway/ui/testing/axe-faults'
import type { Page } from 'playwright-core'
import { type ConsoleWorld, NOW, openConsole, settle } from './testing/console-world.ts'
import { fakeData } from './testing/fake-data.ts'

const data = fakeData(NOW, 'full')
const station = data.stations[0]?.id
let world: ConsoleWorld
before(async () => {
  world = await openConsole()
})
after(() => world?.close())

const LISTS = [
  'stations',
  `stations/${station}?tab=commands`,
  `stations/${station}?tab=messages`,
  'sessions',
  'reservations',
  'drivers',
  'drivers?tab=tokens',
  'tariffs',
  'prices',
  `stations/${station}?tab=variables`,
  'settings?tab=api-keys',
  'energy',
]
const rowsOf = (page: Page) => page.locator('tbody tr')
const showErrors = async (page: Page) => {
  await page.getByRole('radiogroup', { name: 'In error' }).getByText('In error', { exact: true }).click()
  await page.waitForURL(/inError=true/)
  await settle(page)
}

test('every list has its view of what is in error: it shows less, stays in the address, and is left again', async () => {
  const { page, faults, close } = await world.openPage()
  for (const path of LISTS) {
    await page.goto(world.servers.full.url + path)
    await settle(page)
    await rowsOf(page).first().waitFor()
    const all = await rowsOf(page).count()
    await showErrors(page)
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length < count, all)
    const some = await rowsOf(page).count()
    assert.ok(some > 0, `/${path} has something in error`)
    await page.reload()
    await settle(page)
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, some)
    await page.getByRole('radiogroup', { name: 'In error' }).getByText('All', { exact: true }).click()
    await page.waitForFunction((count) => document.querySelectorAll('tbody tr').length === count, all)
  }
  assert.deepEqual(faults, [])
  await close()
})

test('a reservation says what is wrong with it, in the list and on its own, with the station’s word', async () => {
  const { page, close } = await world.openPage()
  await page.goto(`${world.servers.full.url}reservations`)
  await settle(page)
  await showErrors(page)
  const refused = rowsOf(page).filter({ hasText: 'The station does not hold it · Occupied' })
  await refused.waitFor()
  assert.equal(await rowsOf(page).filter({ hasText: 'Nobody came' }).count(), (await rowsOf(page).count()) - 1)
  await refused.getByRole('button').click()
  await page.getByRole('dialog').getByText('The station does not hold it · Occupied').waitFor()
  await close()
})

test('a tariff picks the series it follows, says how far that reaches and leads to it; the series names its tariffs', async () => {
  const { page, faults, close } = await world.openPage()
  const dayAhead = data.tariffs.find(({ name }) => name === 'Day-ahead')
  await page.goto(`${world.servers.full.url}tariffs/${dayAhead?.id}`)
  const series = page.getByRole('combobox', { name: 'Series' })
  await series.waitFor()
  assert.equal(await series.inputValue(), 'day-ahead')
  await page.getByText('Prices until 12 Mar 2026').waitFor()
  // By keyboard: all there are, though the name in the field matches one.
  await series.focus()
  await page.keyboard.press('ArrowDown')
  for (const name of ['day-ahead', 'balancing', 'intraday']) await page.getByRole('option', { name }).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('option', { name: 'balancing' }).click()
  await page.getByText('Its prices ended 11 Mar 2026').waitFor()
  await series.fill('spot')
  await page.getByText('It has no prices yet').waitFor()
  await series.fill('day-ahead')
  const saved = page.waitForRequest((request) => request.method() === 'PUT')
  await page.getByRole('button', { name: 'Save tariff' }).click()
  assert.equal((await saved).postDataJSON().definition.dynamic.series, 'day-ahead')
  await page.goto(`${world.servers.full.url}tariffs/${dayAhead?.id}`)
  await page.getByRole('link', { name: 'Show its prices' }).click()
  await page.getByRole('heading', { name: 'day-ahead', level: 1 }).waitFor()
  await page.getByText('Followed by').getByRole('link', { name: 'Day-ahead' }).click()
  await page.getByRole('heading', { name: 'Day-ahead', level: 1 }).waitFor()
  await page.goto(`${world.servers.full.url}prices`)
  await rowsOf(page).filter({ hasText: 'day-ahead' }).getByRole('link', { name: 'Day-ahead', exact: true }).waitFor()
  assert.deepEqual(faults, [])
  await close()
})

test('the figures of today are the cars charged and their state of charge among others, and each leads to its rows', async () => {
  const { page, close } = await world.openPage()
  for (const [figure, title] of [
    [/^Vehicles charged today\s*47$/, 'Sessions'],
    [/^State of charge, overall\s*58\s*%$/, 'Energy'],
  ] as const) {
    await page.goto(world.servers.full.url)
    await settle(page)
    await page.getByRole('link', { name: figure }).click()
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  }
  await page.getByText(/58\s%/).first().waitFor()
  await close()
})

test('the funnel tells each step from plug to paid, and beside it what was lost and to what', async () => {
  const { page, close } = await world.openPage()
  await page.goto(world.servers.full.url)
  await settle(page)
  const steps = page.locator('.c-funnel > li')
  await steps.first().waitFor()
  const told = (await steps.allInnerTexts()).map((step) => step.replaceAll(/\s+/g, ' '))
  assert.deepEqual(
    told.map((step) => /\d+/.exec(step)?.[0]),
    ['412', '396', '388', '379', '371'],
  )
  assert.match(told[1] ?? '', /−9 .*−7 /, 'the greater loss first')
  await close()
})

test('the power of a site is stacked by EVSE under its limit, with the plan and the price, and is read by arrow keys', async () => {
  const { page, close } = await world.openPage()
  await page.goto(`${world.servers.full.url}energy`)
  await settle(page)
  const chart = page.getByRole('group', { name: /^Power/ }).first()
  await chart.locator('polygon').nth(1).waitFor({ state: 'attached' })
  assert.ok((await chart.locator('path[stroke-dasharray]').count()) > 0, 'what is planned')
  await chart.getByText(/^Limit [\d.]+ kW$/).waitFor()
  await chart.focus()
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowLeft')
  const read = (await chart.getByRole('status').innerText()).replaceAll(/\s+/g, ' ')
  assert.match(read, /^\d\d:\d\d .*Planned.*Price/, read)
  await close()
})

test('the timeline of the EVSEs covers seven days, hatches what was offline, and a lane leads to its sessions', async () => {
  const { page, close } = await world.openPage()
  await page.goto(`${world.servers.full.url}energy`)
  const timeline = page.getByRole('region', { name: 'EVSE status, last seven days' })
  await timeline.waitFor()
  // The last midnight may stand too near the edge to be written.
  assert.ok([6, 7].includes(await timeline.locator('.vw-timeline-days > span').count()), 'a mark for every day')
  assert.ok((await timeline.locator('[fill="url(#vw-hatch)"]').count()) > 0)
  await timeline.getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sessions', level: 1 }).waitFor()
  assert.match(page.url(), /evseId=/)
  await close()
})
