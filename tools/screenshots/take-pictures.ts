import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openLiveSession } from '../../e2e/main-job/console-page.ts'
import type { DemoTown } from '../../e2e/main-job/demo-town.ts'
import { askForPlans, figure, numberIn, openConnector } from '../../e2e/main-job/driver-app.ts'
import { eventually } from '../../e2e/main-job/eventually.ts'
import { type People, withPeople } from '../../e2e/main-job/people.ts'
import { connectorOf, openStation, plugIn, showToken, stateIs, unplug } from '../../e2e/main-job/simulator-page.ts'

export interface Pictures {
  readonly town: DemoTown
  readonly browser: Browser
  readonly folder: string
  /** Names of pictures; all where empty. */
  readonly wanted: readonly string[]
  readonly say: (line: string) => void
}
type Take = (name: string, page: Page) => Promise<void>

const SITE = 'Market Square Car Park'
const ZONE = 'Europe/London'
const HOUR = 3_600_000
/** Enough readings for a curve to be seen. */
const LEAST_KWH = 0.2
/** What maps and charts may take to begin to draw, and between two looks whether they have ended. */
const DRAWN_MS = 3_000
const LOOK_MS = 400
const MOST_LOOKS = 8

/** A picture of a page once it stands still: charts and maps are drawn after their data came. */
const still = async (page: Page) => {
  await page.waitForTimeout(DRAWN_MS)
  let picture = await page.screenshot({ animations: 'disabled' })
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await page.waitForTimeout(LOOK_MS)
    const next = await page.screenshot({ animations: 'disabled' })
    if (next.equals(picture)) return next
    picture = next
  }
  return picture
}

/** Plans that differ: a charge that would begin in tomorrow's evening peak, with the night to move into. */
const plansOfTomorrow = async (phone: Page, take: Take) => {
  await phone.getByRole('link', { name: 'Find', exact: true }).click()
  await phone.getByRole('link', { name: /Ring Road Services/ }).click()
  await phone.getByRole('link', { name: /^CCS · left/ }).click()
  const plans = await askForPlans(phone, { kWh: 40, leavesAt: Date.parse('2026-01-01T23:30:00Z'), timeZone: 'UTC' })
  await phone.getByLabel('Date').fill(new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10))
  await phone.getByLabel('Arrival').fill('17:30')
  // Half past five is in the peak: the cheaper plan waits for its end.
  await phone.getByRole('button', { name: 'Reserve 20:00' }).waitFor()
  await plans.locator('.vw-plan-chosen').getByRole('img').waitFor()
  // The list of plans from its top; a field that keeps the focus would pull the page back to itself.
  await phone.evaluate(`(() => {
    document.activeElement?.blur()
    const top = document.querySelector('[role=radiogroup][aria-label=Plans]').getBoundingClientRect().top
    window.scrollTo({ top: window.scrollY + top - 12, behavior: 'instant' })
  })()`)
  await take('driver-plans', phone)
}

/** The driver's way from finding to the live session; the session runs afterwards. */
const untilCharging = async ({ phone, station }: People, { town }: Pictures) => {
  await openConnector(phone, { site: SITE, station: 'Level 1 North', connector: 'Type 2 · left' })
  const plans = await askForPlans(phone, { kWh: 6, leavesAt: Date.now() + 6 * HOUR, timeZone: ZONE })
  await plans.getByRole('radio').first().check()
  await phone.getByRole('button', { name: /^Reserve/ }).click()
  await phone.getByText('The station is holding the connector.').waitFor()
  const code = /\b([A-Z0-9]{4}) ([A-Z0-9]{4})\b/.exec(await phone.locator('main').innerText())
  await openStation(station, town.url, 'LB-MARKET-01')
  await plugIn(connectorOf(station, 1), 'Hatchback')
  await showToken(connectorOf(station, 1), `${code?.[1]}${code?.[2]}`)
  await phone.getByRole('link', { name: 'Show the session' }).click()
  await phone.getByText('Charging', { exact: true }).waitFor()
}

const ofConsole = async ({ console }: People, { town }: Pictures, take: Take) => {
  const screens = [
    ['console-now', '', 'Now'],
    ['console-map', 'map', 'Map'],
    ['console-energy', 'energy', 'Energy'],
  ] as const
  for (const [name, path, title] of screens) {
    await console.goto(`${town.url}/console/${path}`)
    await console.getByRole('heading', { name: title, level: 1 }).waitFor()
    await take(name, console)
  }
  await console.getByRole('link', { name: 'Tariffs', exact: true }).click()
  await console.getByRole('link', { name: 'Rapid', exact: true }).click()
  await console.getByRole('heading', { name: 'Rapid', level: 1 }).waitFor()
  await take('console-tariff', console)
}

/** Takes the pictures in the order of a charge, and then of the operator's screens. */
export const takePictures = async (pictures: Pictures) => {
  const { town, browser, folder, wanted, say } = pictures
  await mkdir(folder, { recursive: true })
  const take: Take = async (name, page) => {
    if (wanted.length > 0 && !wanted.includes(name)) return
    await writeFile(join(folder, `${name}.png`), await still(page))
    say(`  ✔ ${name}`)
  }
  await withPeople({ town, browser }, async (people) => {
    const { phone, station, console } = people
    await untilCharging(people, pictures)
    await eventually(
      async () => numberIn(await figure(phone, 'Energy').innerText()),
      (kWh) => kWh >= LEAST_KWH,
      { what: 'enough energy for a picture', withinMs: 180_000 },
    )
    await take('driver-live', phone)
    await take('simulator', station)
    await console.getByRole('link', { name: 'Stations', exact: true }).click()
    await console.getByRole('link', { name: 'Level 1 North' }).first().click()
    await console.getByRole('heading', { name: 'Level 1 North', level: 1 }).waitFor()
    await take('console-station', console)
    await openLiveSession(console, { station: 'Level 1 North', driver: 'Alex Morgan' })
    await take('console-session', console)
    await phone.getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByRole('dialog').getByRole('button', { name: 'Stop charging' }).click()
    await phone.getByText(/you can unplug/i).waitFor()
    await stateIs(connectorOf(station, 1), 'finishing')
    await unplug(connectorOf(station, 1))
    await phone.getByRole('link', { name: 'Show receipt' }).click()
    await phone.getByText(/^Receipt no\./).waitFor()
    await phone.getByText(/^Charged:/).waitFor({ state: 'hidden' })
    await take('driver-receipt', phone)
    await plansOfTomorrow(phone, take)
    await phone.getByRole('link', { name: 'Find', exact: true }).click()
    await take('driver-find', phone)
    // Last: by now the week behind the demo is billed.
    await console.goto(`${town.url}/console/`)
    await console.getByText('Not billed yet').waitFor({ state: 'detached', timeout: 180_000 })
    await ofConsole(people, pictures, take)
  })
}
