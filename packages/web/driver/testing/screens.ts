import type { Page } from 'playwright-core'
import { codeOf, uuid } from './fake-places.ts'

/** Tomorrow evening: an hour that is never over, whenever this runs. */
export const arriveTomorrow = async (page: Page) => {
  await page.getByLabel('Date').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 10))
  await page.getByLabel('Arrival').fill('20:30')
}

/** Opens what is closed at first, and fills it as one who drives in between and wants a warm battery. */
const choose = async (page: Page) => {
  await arriveTomorrow(page)
  await page.getByLabel('I can stay').selectOption('8')
  await page.getByText('More choices').click()
  await page.getByLabel('At least').fill('5')
  await page.getByLabel('By', { exact: true }).fill('22:00')
  await page.getByLabel('Keep for just before I leave').selectOption('15')
  // What is asked for while typing is answered too: this is in the answer to the last of it only.
  await page.getByText('Kept for just before you leave').waitFor()
}
/** Asks for what contradicts itself; an answer to the first half of it is not waited for, but may come. */
const contradict = async (page: Page) => {
  await choose(page)
  await page.getByLabel('I can stay').selectOption('1')
  await page.getByLabel('At least').fill('200')
  await page.getByLabel('Keep for just before I leave').selectOption('90')
  await page.getByText('Longer than you stay.').waitFor()
  await page.getByText('marked in the form').waitFor()
}

/** Every screen of the app, by the address that shows it with the made-up data, and what is done there first. */
export const SCREENS: readonly (readonly [name: string, path: string, first?: (page: Page) => Promise<void>])[] = [
  ['find', '/'],
  ['map', '/?view=map'],
  ['site', `/sites/${uuid(1, 1)}`],
  ['evse', `/e/${codeOf(1, 4)}`],
  ['plan', `/plan/${codeOf(1, 4)}`],
  ['plan-choices', `/plan/${codeOf(1, 4)}`, choose],
  ['plan-fault', `/plan/${codeOf(1, 4)}`, contradict],
  ['reservation', `/reservations/${uuid(4, 1)}`],
  ['reservation-broken', `/reservations/${uuid(4, 2)}`],
  ['start', '/start'],
  ['start-evse', `/start/${codeOf(1, 4)}`],
  ['help', '/help'],
  ['session', `/sessions/${uuid(3, 1)}`],
  ['receipt', `/sessions/${uuid(3, 2)}/receipt`],
  ['charging', '/charging'],
  ['notices', '/notifications'],
  ['me', '/me'],
  ['sign-in', '/sign-in'],
  ['sign-up', '/sign-up'],
]
