import { openBrowser } from '@voltway/ui/testing/browser'
import { builtApp } from '@voltway/ui/testing/built-app'
import type { Page } from 'playwright-core'
import { startFakeApi } from './fake-api.ts'

/** When the made-up data is. */
export const NOW = Date.parse('2026-03-11T14:30:00Z')

export interface Look {
  readonly dark?: boolean
  readonly phone?: boolean
}

/** The console, built and served by made-up servers, with a browser to look at it. */
export const openConsole = async () => {
  const { root, remove } = await builtApp('console')
  const start = (scenario: 'full' | 'empty' | 'failing', signedOut = false) => startFakeApi({ scenario, root, now: NOW, signedOut })
  const servers = {
    full: await start('full'),
    empty: await start('empty'),
    failing: await start('failing'),
    signedOut: await start('full', true),
  }
  const browser = await openBrowser()
  /** A page whose clock stands at the data's own time; what goes wrong in it is collected. */
  const openPage = async (look: Look = {}) => {
    const context = await browser.newContext({
      viewport: look.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      colorScheme: look.dark ? 'dark' : 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    })
    const page = await context.newPage()
    // A busy machine is slow, not wrong.
    page.setDefaultTimeout(120_000)
    await page.clock.install({ time: NOW })
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    return { page, faults, close: () => context.close() }
  }
  const close = async () => {
    await browser.close()
    for (const server of Object.values(servers)) await server.close()
    await remove()
  }
  return { servers, openPage, close }
}
export type ConsoleWorld = Awaited<ReturnType<typeof openConsole>>

/** Waits until a screen shows what it asked for. */
export const settle = async (page: Page) => {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'))
}
