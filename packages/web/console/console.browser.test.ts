import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { axeFaults } from '@voltway/ui/testing/axe-faults'
import { type ConsoleWorld, NOW, openConsole, settle } from './testing/console-world.ts'
import { fakeData } from './testing/fake-data.ts'

const data = fakeData(NOW, 'full')
const [station, session, held, tariff, driver, billed] = [
  data.stations[0]?.id,
  data.sessions[12]?.id,
  data.sessions.find(({ state }) => state === 'held')?.id,
  data.tariffs[0]?.id,
  data.drivers[0]?.id,
  data.sessions.find((one) => 'receiptNumber' in one && one.cost !== undefined)?.id,
]
const SCREENS = [
  '',
  'map',
  'stations',
  `stations/${station}`,
  `stations/${station}?tab=commands`,
  `stations/${station}?tab=messages`,
  `stations/${station}?tab=timeline`,
  `stations/${station}?tab=variables`,
  `stations/${station}?tab=settings`,
  'sessions',
  `sessions/${session}`,
  `sessions/${held}`,
  'reservations',
  'reservations?view=day',
  'energy',
  'drivers',
  'drivers?tab=tokens',
  `drivers/${driver}`,
  'tariffs',
  `tariffs/${tariff}`,
  'prices',
  'prices/day-ahead',
  `sites/${data.sites[0]?.id}`,
  'ledger',
  `ledger?sessionId=${billed}`,
  'settings',
  'settings?tab=api-keys',
]
let world: ConsoleWorld
let servers: ConsoleWorld['servers']
const openPage: ConsoleWorld['openPage'] = (look) => world.openPage(look)
before(async () => {
  world = await openConsole()
  servers = world.servers
})
after(() => world?.close())

for (const dark of [false, true])
  test(`every screen is accessible and fits, ${dark ? 'dark on a phone' : 'light on a desk'}`, async () => {
    const { page, faults, close } = await openPage({ dark, phone: dark })
    for (const path of SCREENS) {
      await page.goto(servers.full.url + path)
      await settle(page)
      assert.deepEqual(await axeFaults(page), [], `axe on /${path}`)
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      assert.ok(tooWide <= 0, `/${path} is ${tooWide} px too wide`)
    }
    assert.deepEqual(faults, [])
    await close()
  })

test('an installation on its first day and a server that refuses say so on every screen', async () => {
  const { page, faults, close } = await openPage()
  for (const path of [
    '',
    'map',
    'stations',
    'sessions',
    'reservations',
    'reservations?view=day',
    'energy',
    'drivers',
    'tariffs',
    'prices',
    'prices/anything',
    'ledger',
    'tariffs/new',
  ]) {
    await page.goto(servers.empty.url + path)
    await settle(page)
    assert.deepEqual(await axeFaults(page), [], `axe on an empty /${path}`)
    if (path === 'tariffs/new') continue
    await page.goto(servers.failing.url + path)
    await page.getByRole('alert').first().waitFor()
    assert.match((await page.getByRole('alert').first().textContent()) ?? '', /scope that you do not have/, `/${path}`)
  }
  assert.deepEqual(faults, [])
  await close()
})

test('who is not signed in signs in where they are, and a wrong password is said', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.signedOut.url}stations`)
  await page.getByLabel('E-mail').fill('olu@example.org')
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong')
  assert.deepEqual(await axeFaults(page), [])
  await page.keyboard.press('Enter')
  await page.getByText('E-mail or password is wrong.').waitFor()
  await page.getByRole('textbox', { name: 'Password' }).fill('right')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Stations', level: 1 }).waitFor()
  await page.goto(`${servers.signedOut.url}setup?token=used`)
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
  await close()
})

test('the keyboard alone goes from anywhere to a station, down its table and back', async () => {
  const { page, close } = await openPage()
  await page.goto(servers.full.url)
  await settle(page)
  await page.keyboard.press('Control+k')
  await page.locator('input[aria-label^="Station, driver"]:focus').waitFor()
  await page.keyboard.type('stations')
  await page.getByRole('dialog').getByText('Stations', { exact: true }).first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Stations', level: 1 }).waitFor()
  await settle(page)
  await page.getByRole('link', { name: 'Quay 1' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.locator('a:focus', { hasText: 'Deck 1' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Deck 1', level: 1 }).waitFor()
  await page.getByRole('tab', { name: 'EVSEs' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('heading', { name: 'Command' }).waitFor()
  await close()
})

test('a command is filled in by its schema, sent, and the answer or the expiry is shown', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.full.url}stations/${station}?tab=commands`)
  const choose = async (action: string) => {
    await page.getByLabel('Action', { exact: true }).first().click()
    await page.getByRole('option', { name: action }).click()
  }
  await choose('ReserveNow')
  await page.getByLabel('id', { exact: false }).first().fill('7')
  await page.getByRole('textbox', { name: 'idToken' }).fill('K7QP4')
  await page.getByRole('combobox', { name: 'type' }).selectOption('KeyCode')
  await page.getByRole('button', { name: 'Now' }).click()
  await page.getByText('JSON', { exact: true }).click()
  assert.match(await page.getByRole('textbox', { name: 'Payload as JSON' }).inputValue(), /"idToken": "K7QP4",\s+"type": "KeyCode"/)
  const sent = page.waitForRequest((request) => request.url().endsWith('/commands/ReserveNow'))
  await page.getByRole('button', { name: 'Send' }).click()
  assert.equal((await sent).postDataJSON().id, 7)
  await page.getByText('Answered after').waitFor()
  await choose('ClearCache')
  await page.getByText('takes no payload').waitFor()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('did not answer in time').first().waitFor()
  await close()
})

test('a wrong price is marked at its field', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.full.url}tariffs/${tariff}`)
  await page.getByRole('textbox', { name: 'Per kWh', exact: true }).first().fill('cheap')
  await page.getByRole('button', { name: 'Save tariff' }).click()
  await page.getByRole('textbox', { name: 'Per kWh', exact: true }).and(page.locator('[aria-invalid="true"]')).waitFor()
  await close()
})

test('a cause of loss opens its sessions, and a new station shows its password once', async () => {
  const { page, close } = await openPage()
  await page.goto(servers.full.url)
  await page.getByRole('link', { name: 'Station fault' }).click()
  await page.getByRole('heading', { name: /Station fault/ }).waitFor()
  await settle(page)
  assert.equal(await page.locator('tbody tr').count(), 6)
  await page.goto(`${servers.full.url}stations?create=true`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Quay 9')
  await page.getByRole('textbox', { name: 'OCPP identity' }).fill('CS-9')
  await page.getByRole('button', { name: 'Create station' }).click()
  assert.match(await page.getByRole('textbox', { name: 'Connection URL' }).inputValue(), /^ws:\/\/127\.0\.0\.1:\d+\/ocpp\/CS-9$/)
  await page.getByRole('textbox', { name: /Password/ }).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await close()
})

test('a site is edited where it is found: a fault stands at its field, and an empty limit is none', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.full.url}map`)
  await page
    .getByRole('link', { name: /^Edit / })
    .first()
    .click()
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.waitFor()
  const save = page.getByRole('button', { name: 'Save', exact: true })
  assert.ok(await save.isDisabled(), 'nothing was changed yet')
  await name.fill('Humber Quay North')
  await page.getByRole('textbox', { name: 'Time zone' }).fill('Mars/Olympus')
  await save.click()
  await page.getByRole('textbox', { name: 'Time zone' }).and(page.locator('[aria-invalid="true"]')).waitFor()
  assert.deepEqual(await axeFaults(page), [])
  await page.getByRole('textbox', { name: 'Time zone' }).fill('Europe/Dublin')
  await page.getByLabel('Grid limit, kW').fill('')
  const sent = page.waitForRequest((request) => request.method() === 'PATCH')
  await page.keyboard.press('Enter')
  const body = (await sent).postDataJSON()
  assert.deepEqual([body.name, body.timeZone, body.gridLimitW], ['Humber Quay North', 'Europe/Dublin', null])
  await page.getByText('The site is saved.').waitFor()
  await close()
})

test('every site can be chosen, however many pages the list has', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.full.url}sessions`)
  await settle(page)
  const options = page.getByRole('combobox', { name: 'Site' }).getByRole('option')
  await options.nth(data.sites.length).waitFor({ state: 'attached' })
  assert.equal(await options.count(), data.sites.length + 1)
  await close()
})

test('prices are pasted, faults are named by line, and what can be read is saved and shown', async () => {
  const { page, close } = await openPage()
  await page.goto(`${servers.full.url}tariffs`)
  await page.getByRole('link', { name: 'Price series' }).click()
  await page.getByText('has run out').waitFor()
  await page.getByText('In error', { exact: true }).click()
  await page.getByRole('link', { name: 'day-ahead', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Name of the series' }).fill('spot market')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'spot market', level: 1 }).waitFor()
  await page.getByText('There are no prices in this time.').waitFor()
  const text = page.getByRole('textbox', { name: 'Prices as CSV' })
  await text.fill('start;price\n2026-03-12 00:00;84,13\n2026-03-12 01:00;cheap')
  await page.getByText('Line 3: the price cannot be read').waitFor()
  const save = page.getByRole('button', { name: /^Save / })
  assert.ok(await save.isDisabled())
  assert.deepEqual(await axeFaults(page), [])
  await page.getByText('MWh', { exact: true }).click()
  await text.fill('start;price\n2026-03-12 00:00;84,13\n2026-03-12 01:00;-2,5')
  const sent = page.waitForRequest((request) => request.method() === 'PUT')
  await save.click()
  const request = await sent
  assert.match(request.url(), /\/price-series\/spot%20market$/)
  assert.deepEqual(request.postDataJSON(), {
    items: [
      { from: '2026-03-12T00:00:00.000Z', to: '2026-03-12T01:00:00.000Z', perKwhMicros: '84130' },
      { from: '2026-03-12T01:00:00.000Z', to: '2026-03-12T02:00:00.000Z', perKwhMicros: '-2500' },
    ],
  })
  await page.getByText('2 prices are saved.').waitFor()
  // The first day of what was saved is shown.
  await page.locator('input[type="date"][value="2026-03-12"]').waitFor()
  await page.goto(`${servers.full.url}prices/day-ahead?day=2026-03-11&days=1`)
  await page.locator('canvas').waitFor()
  assert.equal(await page.locator('.c-scroll-list tbody tr').count(), 22)
  await page.getByText('2 h 00 min').waitFor()
  await close()
})

test('the ledger sums to nothing, one account does not, and a session shows its own entries', async () => {
  const { page, close } = await openPage()
  await page.goto(servers.full.url)
  await settle(page)
  await page.getByRole('link', { name: 'Ledger' }).click()
  await page.getByText('Balanced: debits and credits are equal').waitFor()
  const balances = page.getByRole('table', { name: 'Balances' })
  assert.equal(await balances.locator('tfoot td').innerText(), '0.00 GBP')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByText(/^\d+ rows/).waitFor()
  await page.getByRole('combobox', { name: 'Account' }).selectOption('vat:payable')
  await page.getByText('One side only').waitFor()
  await page
    .getByRole('link', { name: /^Receipt / })
    .first()
    .click()
  await page.getByRole('heading', { name: 'Ledger', level: 2 }).waitFor()
  const entries = page.getByRole('region', { name: 'Entries' })
  await entries.getByText('Owed by drivers').waitFor()
  assert.equal(await entries.locator('tbody tr').count(), 3)
  await page.getByRole('link', { name: 'In the ledger' }).click()
  await page.getByRole('button', { name: /Of one session/ }).click()
  await page.getByRole('button', { name: 'More' }).waitFor()
  await close()
})
