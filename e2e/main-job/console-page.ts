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
