// Pictures of every screen, to look at while building: node testing/pictures.ts FOLDER [name...]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, uuid } from './fake-places.ts'
import { FAKE_DRIVER, startFakeServer } from './fake-server.ts'
import { openBrowser } from './open-browser.ts'

const [folder = '/tmp/driver-pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const SCREENS: readonly (readonly [string, string])[] = [
  ['find', '/'],
  ['map', '/?view=map'],
  ['site', `/sites/${uuid(1, 1)}`],
  ['evse', `/e/${codeOf(1, 4)}`],
  ['plan', `/plan/${codeOf(1, 4)}`],
  ['reservation', `/reservations/${uuid(4, 1)}`],
  ['start', '/start'],
  ['start-evse', `/start/${codeOf(1, 4)}`],
  ['help', '/help'],
  ['session', `/sessions/${uuid(3, 1)}`],
  ['receipt', `/sessions/${uuid(3, 2)}/receipt`],
  ['charging', '/charging'],
  ['notices', '/notifications'],
  ['me', '/me'],
  ['sign-in', '/sign-in'],
]
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

const server = await startFakeServer({ root: join(import.meta.dirname, '..', 'dist'), port: 18_710 })
server.world.signedIn = FAKE_DRIVER.email !== ''
const browser = await openBrowser()
for (const [size, viewport] of Object.entries(SIZES))
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', deviceScaleFactor: 1, serviceWorkers: 'block' })
    const page = await context.newPage()
    page.on('pageerror', (error) => console.log(`  ${page.url()}: ${error.message}`))
    for (const [name, path] of SCREENS) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      await page.goto(server.url + path)
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
