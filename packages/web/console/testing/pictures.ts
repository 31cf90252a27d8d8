// Pictures of screens, to look at while building: node testing/pictures.ts FOLDER [path...]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from '@voltway/ui/testing/browser'
import { build } from 'vite'
import { startFakeApi } from './fake-api.ts'

const [folder = join(tmpdir(), 'console-pictures'), ...paths] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const NOW = Date.parse('2026-03-11T14:30:00Z')
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } }

const root = mkdtempSync(join(tmpdir(), 'voltway-console-'))
await build({ root: join(import.meta.dirname, '..'), logLevel: 'error', build: { outDir: root, emptyOutDir: true, minify: false } })
const browser = await openBrowser()
for (const scenario of ['full', 'empty'] as const) {
  const server = await startFakeApi({ scenario, root, now: NOW })
  for (const [size, viewport] of Object.entries(SIZES))
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'Europe/London' })
      const page = await context.newPage()
      await page.clock.install({ time: NOW })
      page.on('pageerror', (error) => console.log(`  ${page.url()}: ${error.message}`))
      for (const path of paths) {
        await page.goto(server.url + path)
        await page.locator('h1').first().waitFor()
        await page.waitForTimeout(900)
        const name = path.replaceAll(/\W+/g, '-') || 'now'
        await page.screenshot({ path: join(folder, `${name}-${scenario}-${size}-${colorScheme}.png`), fullPage: true })
      }
      await context.close()
    }
  await server.close()
}
await browser.close()
rmSync(root, { recursive: true, force: true })
console.log(`pictures in ${folder}`)
