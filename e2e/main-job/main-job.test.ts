import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../browser/open-browser.ts'
import { openLiveSession, sessionFigure } from './console-page.ts'
import { type DemoTown, startDemoTown } from './demo-town.ts'
import { askForPlans, figure, numberIn, openConnector, signInAsDriver } from './driver-app.ts'
import { eventually } from './eventually.ts'
import { connectorOf, fact, openStation, plugIn, showToken, signInAsOperator, stateIs, unplug } from './simulator-page.ts'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }
const SITE = 'Market Square Car Park'
const ZONE = 'Europe/London'
const HOUR = 3_600_000
/** What a wait for one thing on a screen may take on a slow machine. */
const PATIENCE_MS = 30_000

let town: DemoTown
let browser: Browser
before(async () => {
  ;[town, browser] = await Promise.all([startDemoTown(), openBrowser()])
})
after(async () => {
  await browser?.close()
  await town?.close()
})

interface People {
  /** The driver's phone. */
  readonly phone: Page
  /** Two tabs of the operator: the simulator's page, which stands for hands at the station, and the console. */
  readonly station: Page
  readonly console: Page
}

/** What stood on each screen, for whoever reads a failure. */
const screens = async (people: People) => {
  const texts = await Promise.all(Object.values(people).map((page: Page) => page.locator('body').innerText()))
  return Object.keys(people)
    .map((name, index) => `--- ${name}\n${texts[index]}`)
    .join('\n')
}

/** A driver with a phone and an operator at a desk, both signed in; a page that throws fails the test. */
const withPeople = async (use: (people: People) => Promise<void>) => {
  const common = { locale: 'en-GB', timezoneId: ZONE, serviceWorkers: 'block' } as const
  const contexts = [
    await browser.newContext({ ...common, viewport: PHONE, hasTouch: true, isMobile: true }),
    await browser.newContext({ ...common, viewport: DESK }),
  ] as const
  const thrown: string[] = []
  const open = async (context: BrowserContext) => {
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => thrown.push(`${page.url()}: ${error.message}`))
    return page
  }
  try {
    const people = { phone: await open(contexts[0]), station: await open(contexts[1]), console: await open(contexts[1]) }
    const work = async () => {
      await Promise.all([signInAsDriver(people.phone, town), signInAsOperator(people.console, town)])
      await use(people)
    }
    await work().catch(async (error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : error}\n${await screens(people)}`, { cause: error })
    })
    assert.deepEqual(thrown, [])
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
  }
}

interface ReservationAnswer {
  readonly id: string
  readonly state: string
  readonly sessionId?: string
  readonly plan: { readonly curve: readonly { readonly powerW: number }[]; readonly energyWh: number }
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
  withPeople(async ({ phone, station, console }) => {
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
    const [download] = await Promise.all([phone.waitForEvent('download'), phone.getByRole('link', { name: 'Download PDF' }).click()])
    const pdf = await readFile(await download.path())
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    assert.match(download.suggestedFilename(), new RegExp(`${receipt.number}\\.pdf$`))

    // And the booking is done, for the operator too.
    const done = await eventually(reservation, ({ state }) => state === 'completed', { what: 'the reservation is completed' })
    assert.equal(done.sessionId, sessionId)
    await console.getByRole('link', { name: 'Reservations', exact: true }).click()
    await console.getByRole('row').filter({ hasText: code }).filter({ hasText: 'Completed' }).waitFor()
  }))
