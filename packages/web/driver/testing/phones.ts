import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import { buildApp } from './build-app.ts'
import { type FakeServer, startFakeServer } from './fake-server.ts'
import { openBrowser } from './open-browser.ts'

const PHONE = { width: 390, height: 844 }
/** A busy machine is slow, not wrong. */
const PATIENCE_MS = 30_000

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly server: FakeServer
}
export interface VisitOptions {
  readonly signedIn?: boolean
  readonly colorScheme?: 'light' | 'dark'
  readonly worker?: boolean
}

/** The app, built, and a browser; each visit is a phone with the app on it and a town of its own: a page that throws fails the test. */
export const openPhones = async () => {
  const [app, browser] = await Promise.all([buildApp(), openBrowser()])
  const visit = async (
    use: (visit: Visit) => Promise<void>,
    { signedIn = true, colorScheme = 'light', worker = false }: VisitOptions = {},
  ) => {
    const server = await startFakeServer({ root: app.root })
    server.world.signedIn = signedIn
    const context = await browser.newContext({ viewport: PHONE, colorScheme, locale: 'en-GB', serviceWorkers: worker ? 'allow' : 'block' })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    try {
      await use({ page, context, server })
      assert.deepEqual(thrown, [])
    } finally {
      await context.close()
      await server.close()
    }
  }
  const close = async () => {
    await browser.close()
    await app.remove()
  }
  return { visit, close }
}
export type Phones = Awaited<ReturnType<typeof openPhones>>

export const open = async ({ page, server }: Visit, path: string) => {
  await page.goto(server.url + path)
  await page.locator('h1').waitFor()
}
