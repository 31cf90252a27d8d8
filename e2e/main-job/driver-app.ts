import type { Locator, Page } from 'playwright-core'
import type { DemoTown } from './demo-town.ts'

/** What a driver does in the app, by the words on the screen. */

export const signInAsDriver = async (page: Page, { url, driver }: DemoTown) => {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(driver.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(driver.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // The list is now sorted for the driver's own car.
  await page.getByText('Fits my car').waitFor()
}

/** A free connector of a station, from the list of places: its page is open afterwards. */
export const openConnector = async (page: Page, { site, station, connector }: Record<'site' | 'station' | 'connector', string>) => {
  await page.getByRole('link', { name: 'Find', exact: true }).click()
  await page.getByRole('link', { name: new RegExp(site) }).click()
  const group = page.locator('section').filter({ has: page.getByRole('heading', { name: station, exact: true }) })
  await group.getByRole('link', { name: new RegExp(`${connector}.*Free`) }).click()
  await page.getByRole('heading', { name: connector, level: 1 }).waitFor()
}

/** The time of day at a site, as a time field takes it. */
const clockAt = (instant: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(instant))

export interface Wish {
  readonly kWh: number
  readonly leavesAt: number
  readonly timeZone: string
}

/** Fills the form of the plan page; the plans asked for are on the page afterwards. */
export const askForPlans = async (page: Page, { kWh, leavesAt, timeZone }: Wish): Promise<Locator> => {
  await page.getByRole('link', { name: 'Plan and reserve' }).click()
  await page.getByRole('radiogroup', { name: 'How much' }).getByText('kWh').click()
  await page.getByRole('textbox', { name: 'Energy' }).fill(String(kWh))
  await page.getByRole('radiogroup', { name: 'Until when' }).getByText('Departure').click()
  await page.getByLabel('Ready by').fill(clockAt(leavesAt, timeZone))
  const plans = page.getByRole('radiogroup', { name: 'Plans' })
  await plans.getByText(`${kWh}.0 kWh`).first().waitFor()
  return plans
}

/** The figure under a word, as `Energy` or `Cost so far`: its text as it is shown. */
export const figure = (page: Page, word: string): Locator =>
  page
    .locator('dl > div')
    .filter({ has: page.getByText(word, { exact: true }) })
    .locator('dd')

/** The first number of a text: `£1.05` is 1.05, `0.14 kWh` is 0.14; NaN where there is none. */
export const numberIn = (text: string): number => Number(/\d+(?:\.\d+)?/.exec(text.replaceAll(',', ''))?.[0])
