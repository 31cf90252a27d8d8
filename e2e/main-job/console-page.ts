import type { Page } from 'playwright-core'

/** The operator's console, by the words on the screen. */

/** Opens a running session from the list of sessions. @returns its id */
export const openLiveSession = async (page: Page, { station, driver }: Record<'station' | 'driver', string>): Promise<string> => {
  await page.getByRole('link', { name: 'Sessions', exact: true }).click()
  await page
    .getByRole('row')
    .filter({ hasText: station })
    .filter({ hasText: driver })
    .filter({ hasText: 'Charging' })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: /^Session of/ }).waitFor()
  return page.url().split('/').at(-1)?.split('?')[0] ?? ''
}

/** A figure of the session's page by its word. */
export const sessionFigure = (page: Page, word: string): Promise<string> =>
  page.locator('main').getByText(word, { exact: true }).first().locator('xpath=..').innerText()

export interface NewCard {
  readonly driver: string
  readonly card: string
  readonly label: string
}

/** Gives a driver another card, on the driver's own page. */
export const addCard = async (page: Page, { driver, card, label }: NewCard) => {
  await page.getByRole('link', { name: 'Drivers & tokens' }).click()
  await page.getByRole('link', { name: driver }).click()
  await page.getByRole('button', { name: 'Add token' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Token').fill(card)
  await form.getByLabel('Label').fill(label)
  await form.getByRole('button', { name: 'Add token' }).click()
  await form.waitFor({ state: 'detached' })
}

export const blockCard = async (page: Page, label: string) => {
  await page.getByRole('button', { name: `Block ${label}`, exact: true }).click()
  await page.getByRole('button', { name: `Unblock ${label}`, exact: true }).waitFor()
}
