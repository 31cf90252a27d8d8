import assert from 'node:assert/strict'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { DemoTown } from './demo-town.ts'
import { signInAsDriver } from './driver-app.ts'
import { signInAsOperator } from './simulator-page.ts'

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1440, height: 900 }
const ZONE = 'Europe/London'
/** What a wait for one thing on a screen may take on a slow machine. */
const PATIENCE_MS = 90_000

export interface People {
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
export const withPeople = async (
  { town, browser }: { readonly town: DemoTown; readonly browser: Browser },
  use: (people: People) => Promise<void>,
) => {
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
