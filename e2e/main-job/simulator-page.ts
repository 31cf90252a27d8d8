import type { Locator, Page } from 'playwright-core'
import type { DemoTown } from './demo-town.ts'

/** The simulator's page in the hands of the operator: what would be done with one's own hands at the station. */

export const signInAsOperator = async (page: Page, { url, operator }: DemoTown) => {
  await page.goto(`${url}/console/`)
  await page.getByLabel('E-mail').fill(operator.email)
  await page.getByRole('textbox', { name: 'Password' }).fill(operator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

export const openStation = async (page: Page, url: string, identity: string) => {
  await page.goto(`${url}/simulator/#${identity}`)
  await page.getByRole('heading', { name: identity }).waitFor()
}

export const connectorOf = (page: Page, evse: number): Locator => page.getByRole('region', { name: `Connector ${evse}`, exact: true })

/** Waits until the connector's state machine has a state lit. */
export const stateIs = (connector: Locator, state: string) =>
  connector.getByRole('img', { name: `The connector is in the state ${state}`, exact: true }).waitFor()

export const plugIn = async (connector: Locator, car: string) => {
  await connector.getByLabel('Car', { exact: true }).selectOption(car)
  await connector.getByRole('button', { name: 'Plug in' }).click()
  await connector.getByRole('button', { name: 'Unplug' }).waitFor()
}

export const unplug = async (connector: Locator) => {
  await connector.getByRole('button', { name: 'Unplug' }).click()
  await connector.getByRole('button', { name: 'Plug in' }).waitFor()
}

/** A card is held to the reader, or a booking code typed in. */
export const showToken = async (connector: Locator, token: string) => {
  await connector.getByLabel('Card or booking id').fill(token)
  await connector.getByRole('button', { name: 'Show', exact: true }).click()
}

export const fact = (connector: Locator, word: string): Locator =>
  connector
    .locator('dl > div')
    .filter({ has: connector.page().getByText(word, { exact: true }) })
    .locator('dd')
