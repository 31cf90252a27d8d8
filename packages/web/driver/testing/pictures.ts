// Pictures of every screen, to look at while building: node testing/pictures.ts FOLDER [name...]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startFakeServer } from './fake-server.ts'
import { openBrowser } from './open-browser.ts'
import { SCREENS } from './screens.ts'

const [folder = '/tmp/driver-pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

const server = await startFakeServer({ root: process.env.VOLTWAY_DRIVER_DIST ?? join(import.meta.dirname, '..', 'dist'), port: 18_710 })
server.world.signedIn = true
const browser = await openBrowser()
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', deviceScaleFactor: 1, serviceWorkers: 'block' })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.log(`  ${page.url()}: ${error.message}`))
    for (const [name, path, first] of SCREENS) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      await page.goto(server.url + path)
      await first?.(page)
      await page.waitForTimeout(name === 'map' ? 4_000 : 1_000)
      await page.screenshot({
        path: join(folder, `${name}-${size}-${colorScheme}.png`),
        fullPage: size === 'phone' && name !== 'map' && name !== 'find',
      })
    }
    await context.close()
  }
await browser.close()
await server.close()
console.log(`pictures in ${folder}`)
