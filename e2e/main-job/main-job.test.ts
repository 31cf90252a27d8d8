import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { pdfLines } from '../../packages/app/src/http/testing/pdf-text.ts'
import { openBrowser } from '../browser/open-browser.ts'
import { addCard, blockCard, openLiveSession, sessionFigure } from './console-page.ts'
import { type DemoTown, startDemoTown } from './demo-town.ts'
import { askForPlans, figure, numberIn, openConnector } from './driver-app.ts'
import { eventually } from './eventually.ts'
import { withPeople } from './people.ts'
import { connectorOf, fact, openStation, plugIn, showToken, stateIs, unplug } from './simulator-page.ts'

const SITE = 'Market Square Car Park'
const ZONE = 'Europe/London'
const HOUR = 3_600_000

let town: DemoTown
let browser: Browser
before(async () => {
  ;[town, browser] = await Promise.all([startDemoTown(), openBrowser()])
})
after(async () => {
  await browser?.close()
  await town?.close()
})

interface ReservationAnswer {
  readonly id: string
  readonly code: string
  readonly state: string
  readonly sessionId?: string
  readonly plan: { readonly curve: readonly { readonly powerW: number }[]; readonly energyWh: number }
}
interface SessionAnswer {
  readonly plug?: string
  readonly unlocked: boolean
  readonly chargingEndedAt: string
  readonly endedAt: string
  readonly unlockedAt: string
}
interface ListedSession {
  readonly id: string
  readonly driverName?: string
  readonly stationName: string
  readonly stopReason?: string
  readonly endedAt?: string
  readonly receiptNumber?: number
  readonly cost?: { readonly total: { readonly micros: string } }
}
/** The latest session of a driver at a station, once it is as one waits for. */
const sessionOf = async (driver: string, station: string, isIt: (session: ListedSession) => boolean): Promise<ListedSession> => {
  const latest = async () => {
    const { items } = await town.api<{ readonly items: readonly ListedSession[] }>('/api/v1/sessions?limit=200')
    return items.find(({ driverName, stationName }) => driverName === driver && stationName === station)
  }
  const found = await eventually(latest, (one) => one !== undefined && isIt(one), { what: `the session of ${driver}` })
  assert.ok(found)
  return found
}
interface ReceiptAnswer {
  readonly number: number
  readonly importWh: number
  readonly cost: {
    readonly total: { readonly micros: string }
    readonly lines: readonly { readonly amount: { readonly micros: string } }[]
  }
}

/** Reserves the plan that begins first, for 6 kWh within three hours: the booking's code, and what the plan said it costs. */
const reserveSoonest = async (phone: Page) => {
  const plans = await askForPlans(phone, { kWh: 6, leavesAt: Date.now() + 3 * HOUR, timeZone: ZONE })
  const first = plans.getByRole('radio').first()
  await first.check()
  const region = phone.getByRole('region', { name: 'Plans' })
  await region.getByRole('row', { name: /^Total/ }).waitFor()
  const total = await region
    .getByRole('row', { name: /^Total/ })
    .getByRole('cell')
    .innerText()
  const reasons = await plans.innerText()
  await phone.getByRole('button', { name: /^Reserve \d\d:\d\d$/ }).click()
  await phone.getByRole('heading', { name: 'Booking code' }).waitFor()
  const code = (await phone.locator('section').filter({ hasText: 'Booking code' }).innerText()).match(/\b[A-Z0-9]{4} [A-Z0-9]{4}\b/)?.[0]
  assert.ok(code, 'a booking code is shown')
  return { code: code.replace(' ', ''), total, reasons }
}

test('a driver finds, plans, reserves, charges and gets a receipt; the operator sees the same', () =>
  withPeople({ town, browser }, async ({ phone, station, console }) => {
    await openConnector(phone, { site: SITE, station: 'Level 1 North', connector: 'Type 2 · left' })
    const { code, total: planned, reasons } = await reserveSoonest(phone)
    assert.match(reasons, /just as you asked|keeps your time|gives all the energy|cheapest before you leave|done soonest/)
    assert.ok(numberIn(planned) > 0)
    await phone.getByText('Use the left connector').waitFor()
    const reservationId = phone.url().split('/').at(-1)
    const reservation = () => town.api<ReservationAnswer>(`/api/v1/reservations/${reservationId}`)

    // The station holds the connector for this booking.
    await phone.getByText('The station is holding the connector.').waitFor()
    await openStation(station, town.url, 'LB-MARKET-01')
    const left = connectorOf(station, 1)
    await stateIs(left, 'reserved')
    await left.getByText(/^Reserved until/).waitFor()

    // A car that could take 22 kW is plugged in and the code is typed: it gets what the plan says.
    await plugIn(left, 'Long-range saloon')
    await showToken(left, code)
    await station.getByText('Authorised: charging starts.').waitFor()
    await stateIs(left, 'charging')
    const plannedKW = Math.max(...(await reservation()).plan.curve.map(({ powerW }) => powerW)) / 1000
    await eventually(
      async () => numberIn(await fact(left, 'Offered').innerText()),
      (kW) => kW === plannedKW,
      { what: `the station offers the plan's ${plannedKW} kW` },
    )

    // The app shows the session by itself, and its figures rise.
    await phone.getByText('In use: you are charging.').waitFor()
    await phone.getByRole('link', { name: 'Show the session' }).click()
    await phone.getByText('Charging', { exact: true }).waitFor()
    const energy = async () => numberIn(await figure(phone, 'Energy').innerText())
    const cost = async () => numberIn(await figure(phone, 'Cost so far').innerText())
    const first = await eventually(energy, (kWh) => kWh > 0, { what: 'energy is shown' })
    const firstCost = await eventually(cost, (pounds) => pounds > 0, { what: 'a cost is shown' })
    await eventually(energy, (kWh) => kWh > first, { what: 'energy rises' })
    await eventually(cost, (pounds) => pounds > firstCost, { what: 'the cost rises' })

    // The operator's console shows the same session with the same figures.
    const sessionId = await openLiveSession(console, { station: 'Level 1 North', driver: 'Alex Morgan' })
    assert.equal(phone.url().split('/').at(-1), sessionId)
    await eventually(
      async () => ({
        phone: [await energy(), await cost()],
        console: [numberIn(await sessionFigure(console, 'Energy')), numberIn(await sessionFigure(console, 'Cost so far'))],
      }),
      (seen) => JSON.stringify(seen.phone) === JSON.stringify(seen.console),
      { what: 'app and console show the same figures' },
    )

    // Stop asks once, then says what happens to the plug.
    await phone.getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByText('Power is ramping down, the connector stays locked.').waitFor()
    await phone.getByText(/you can unplug/i).waitFor()
    await stateIs(left, 'finishing')
    // Power down, voltage gone, unlocked: in this order, and the last by the station's own word.
    const freed = await eventually(
      () => town.api<SessionAnswer>(`/api/v1/sessions/${sessionId}`),
      ({ plug }) => plug === 'unlocked',
      { what: 'the station says that it has unlocked' },
    )
    assert.ok(freed.unlocked)
    assert.ok(freed.chargingEndedAt <= freed.endedAt && freed.endedAt <= freed.unlockedAt, JSON.stringify(freed))
    await unplug(left)
    await stateIs(left, 'available')

    // Live cost, receipt, charge detail record and PDF say the same to the penny.
    await phone.getByRole('link', { name: 'Show receipt' }).waitFor()
    const last = await figure(phone, 'Cost').innerText()
    await phone.getByRole('link', { name: 'Show receipt' }).click()
    await phone.getByRole('heading', { name: 'Receipt', level: 1 }).waitFor()
    const rows = phone.getByRole('table').getByRole('row')
    await rows.filter({ hasText: /^Total/ }).waitFor()
    assert.equal(
      await rows
        .filter({ hasText: /^Total/ })
        .getByRole('cell')
        .innerText(),
      last,
    )
    const receipt = await town.api<ReceiptAnswer>(`/api/v1/sessions/${sessionId}/receipt`)
    assert.equal(last, `£${(Number(receipt.cost.total.micros) / 1e6).toFixed(2)}`)
    assert.equal(
      receipt.cost.lines.reduce((sum, { amount }) => sum + BigInt(amount.micros), 0n),
      BigInt(receipt.cost.total.micros),
    )
    assert.equal(await figure(phone, 'The plan you accepted').innerText(), `6.0 kWh · ${planned}`)
    const [download] = await Promise.all([phone.waitForEvent('download'), phone.getByRole('link', { name: 'Download PDF' }).click()])
    const pdf = await readFile(await download.path())
    const printed = await pdfLines(pdf)
    const amounts = (await rows.getByRole('cell').allInnerTexts()).map((text) => `${numberIn(text).toFixed(2)} GBP`)
    const amountAt = (name: string) => printed.findIndex(([first]) => first === name)
    const [head, net, sum] = [amountAt('Item'), amountAt('Net'), amountAt('Total')]
    // A long name goes on in a line of its own, which has no amount.
    const priced = [...printed.slice(head + 1, net), printed[sum]].map((line) => line?.at(-1)).filter((text) => / GBP$/.test(text ?? ''))
    assert.deepEqual(priced, amounts)
    for (const [name, word] of [
      ['Vehicle', 'Car'],
      ['Time zone', 'Time zone'],
    ] as const)
      assert.equal(printed.find(([first]) => first === name)?.[1], await figure(phone, word).innerText())
    assert.equal(printed.find(([first]) => first === 'Station')?.[1], `${SITE}, Level 1 North`)
    assert.match(download.suggestedFilename(), new RegExp(`${receipt.number}\\.pdf$`))

    // And the booking is done, for the operator too.
    const done = await eventually(reservation, ({ state }) => state === 'completed', { what: 'the reservation is completed' })
    assert.equal(done.sessionId, sessionId)
    await console.getByRole('link', { name: 'Reservations', exact: true }).click()
    await console.getByRole('row').filter({ hasText: code }).filter({ hasText: 'Completed' }).waitFor()
  }))

test('a driver stops at the station: power falls, the plug unlocks, and the receipt says who stopped', () =>
  withPeople({ town, browser }, async ({ station, console }) => {
    const card = '04B3355BD26E91'
    await addCard(console, { driver: 'Hannah Reid', card, label: 'Key ring' })
    await openStation(station, town.url, 'LB-MARKET-01')
    const left = connectorOf(station, 1)
    const button = (name: string) => left.getByRole('button', { name, exact: true })
    await button('Start').click()
    await station.getByText('Show a card or enter your booking id first.').waitFor()
    assert.ok(await button('Stop').isDisabled(), 'there is nothing to stop')
    await plugIn(left, 'Hatchback')
    await showToken(left, card)
    await stateIs(left, 'charging')
    await left.getByText('Locked', { exact: true }).waitFor()
    assert.ok(await button('Start').isDisabled())
    await eventually(
      async () => numberIn(await fact(left, 'Energy').innerText()),
      (kWh) => kWh > 0,
      { what: 'energy flows' },
    )
    await button('Stop').click()
    await station.getByText('Stopping: the plug unlocks in a moment.').waitFor()
    await stateIs(left, 'finishing')
    await left.getByText('Unlocked', { exact: true }).waitFor()
    assert.equal(numberIn(await fact(left, 'Drawn').innerText()), 0)
    await unplug(left)
    await stateIs(left, 'available')

    const { id, stopReason, cost } = await sessionOf('Hannah Reid', 'Level 1 North', ({ receiptNumber }) => receiptNumber !== undefined)
    assert.equal(stopReason, 'driver')
    const receipt = await town.api<ReceiptAnswer>(`/api/v1/sessions/${id}/receipt`)
    assert.equal(receipt.cost.total.micros, cost?.total.micros)
    assert.ok(receipt.importWh > 0)
    await console.goto(`${town.url}/console/sessions/${id}`)
    assert.match(await sessionFigure(console, 'Stopped by'), /Driver/)
  }))

test('a fault is shown where it is, ends the session, is in error for the operator, and is over when it is cleared', () =>
  withPeople({ town, browser }, async ({ phone, station, console }) => {
    const card = '04C4466CE37FA2'
    await addCard(console, { driver: 'Owen Price', card, label: 'Van card' })
    await openStation(station, town.url, 'LB-MARKET-02')
    const right = connectorOf(station, 2)
    await plugIn(right, 'Delivery van')
    await showToken(right, card)
    await stateIs(right, 'charging')
    await eventually(
      async () => numberIn(await fact(right, 'Energy').innerText()),
      (kWh) => kWh > 0,
      { what: 'energy flows' },
    )
    await right.getByLabel('Fault code').selectOption('GroundFailure')
    await right.getByRole('button', { name: 'Fault', exact: true }).click()
    await station.getByText('Fault: GroundFailure.').waitFor()
    await stateIs(right, 'faulted')
    assert.ok(await right.getByRole('button', { name: 'Stop', exact: true }).isDisabled())
    await right.getByLabel('Card or booking id').fill(card)
    await right.getByRole('button', { name: 'Show', exact: true }).click()
    await station.getByText('Out of service.').waitFor()

    const { id, stopReason } = await sessionOf('Owen Price', 'Level 1 South', ({ endedAt }) => endedAt !== undefined)
    assert.equal(stopReason, 'fault')
    const need = console.getByRole('row').filter({ hasText: 'A connector is faulted' }).filter({ hasText: 'Level 1 South' })
    await console.goto(`${town.url}/console/`)
    await need.waitFor()
    await console.goto(`${town.url}/console/sessions?inError=true`)
    await console.getByRole('row').filter({ hasText: 'Owen Price' }).first().getByRole('link').click()
    await console.waitForURL(`**/sessions/${id}*`)
    await phone.getByRole('link', { name: 'Find', exact: true }).click()
    await phone.getByRole('link', { name: new RegExp(SITE) }).click()
    const group = phone.locator('section').filter({ has: phone.getByRole('heading', { name: 'Level 1 South', exact: true }) })
    await group.getByRole('link', { name: /Type 2 · right.*Faulted/ }).waitFor()

    await right.getByRole('button', { name: 'Clear', exact: true }).click()
    await station.getByText('The fault is cleared.').waitFor()
    await stateIs(right, 'preparing')
    await unplug(right)
    await stateIs(right, 'available')
    await console.goto(`${town.url}/console/`)
    await need.waitFor({ state: 'detached' })
    await group.getByRole('link', { name: /Type 2 · right.*Free/ }).waitFor()

    // Without its link it is offline for everybody, until the link is there again.
    await station.getByRole('button', { name: 'Drop the link' }).click()
    await station.getByRole('button', { name: 'Raise the link' }).waitFor()
    await group.getByRole('link', { name: /Type 2 · right.*Offline/ }).waitFor()
    await console.goto(`${town.url}/console/stations?inError=true`)
    await console.getByRole('row').filter({ hasText: 'Level 1 South' }).getByText('Offline').first().waitFor()
    await station.getByRole('button', { name: 'Raise the link' }).click()
    await group.getByRole('link', { name: /Type 2 · right.*Free/ }).waitFor()
  }))

test('the station refuses a wrong code, a used code and a blocked card in words; the app starts without a booking', () =>
  withPeople({ town, browser }, async ({ phone, station, console }) => {
    // At the place where the first test has used up its code.
    const bookings = await town.api<{ readonly items: readonly ReservationAnswer[] }>('/api/v1/reservations?state=completed')
    const used = bookings.items[0]?.code
    assert.ok(used)
    await openStation(station, town.url, 'LB-MARKET-01')
    await plugIn(connectorOf(station, 1), 'Hatchback')
    for (const token of ['WRONG123', used]) {
      await showToken(connectorOf(station, 1), token)
      await station.getByText(/^Not authorised: (Invalid|Expired)\.$/).waitFor()
      await station.getByText(/^Not authorised/).waitFor({ state: 'detached' })
    }
    await unplug(connectorOf(station, 1))

    // A card works until the operator blocks it.
    const card = '04A2244AC15D80'
    await addCard(console, { driver: 'Priya Shah', card, label: 'Second card' })
    await blockCard(console, 'Second card')
    await openStation(station, town.url, 'LB-MARKET-02')
    const left = connectorOf(station, 1)
    await plugIn(left, 'Hatchback')
    await showToken(left, card)
    await station.getByText('Not authorised: Blocked.').waitFor()
    await unplug(left)

    // Without a booking: the code printed on the station, one button, then the cable.
    await openConnector(phone, { site: SITE, station: 'Level 1 South', connector: 'Type 2 · right' })
    await phone.getByRole('link', { name: 'Start now' }).click()
    await phone.getByRole('button', { name: 'Start charging' }).click()
    await phone.getByText('Plug in now: the station is ready for you.').waitFor()
    const right = connectorOf(station, 2)
    await plugIn(right, 'Hatchback')
    await phone.waitForURL('**/sessions/*')
    await phone.getByText('Charging', { exact: true }).waitFor()
    await phone.getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByText(/you can unplug/i).waitFor()
    await unplug(right)
    await phone.getByRole('link', { name: 'Show receipt' }).waitFor()
  }))
