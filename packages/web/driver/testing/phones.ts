import assert from 'node:assert/strict'
import { builtApp } from '@voltway/ui/testing/built-app'
import type { BrowserContext, Page } from 'playwright-core'
import { cameraFile } from './camera-file.ts'
import { codeOf } from './fake-places.ts'
import { type FakeServer, startFakeServer } from './fake-server.ts'
import { openBrowser } from './open-browser.ts'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1440, height: 900 }
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

/** What the camera of every phone is held before. */
export const SEEN = `https://charge.example/q/${codeOf(1, 4)}`

/** The app, built, and a browser with a camera; each visit is a phone with the app on it and a town of its own: a page that throws fails the test. */
export const openPhones = async () => {
  const camera = await cameraFile(SEEN)
  // Without a person to ask, every page may use it.
  const asCamera = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${camera.path}`,
  ]
  const [app, browser] = await Promise.all([builtApp('driver'), openBrowser(asCamera)])
  const visit = async (
    use: (visit: Visit) => Promise<void>,
    { signedIn = true, colorScheme = 'light', worker = false }: VisitOptions = {},
  ) => {
    const server = await startFakeServer({ root: app.root })
    server.world.signedIn = signedIn
    const context = await browser.newContext({
      viewport: PHONE,
      colorScheme,
      locale: 'en-GB',
      serviceWorkers: worker ? 'allow' : 'block',
    })
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
    await camera.remove()
  }
  return { visit, close }
}
export type Phones = Awaited<ReturnType<typeof openPhones>>

export const open = async ({ page, server }: Visit, path: string) => {
  await page.goto(server.url + path)
  await page.locator('h1').waitFor()
}
