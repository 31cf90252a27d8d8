import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { systemChromium } from './system-chromium.ts'

/** Fields of dates and times are written by the browser's language, not by the page's. */
const FLAGS = [
  '--lang=en-GB',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--hide-scrollbars',
]

/**
 * A headless browser: the one VOLTWAY_CHROMIUM names, else the one that comes with a package, else the system's.
 * @throws Error with what each of them said, when none runs here
 */
export const openBrowser = async (): Promise<Browser> => {
  const named = process.env.VOLTWAY_CHROMIUM
  const candidates = named ? [async () => named] : [() => packaged.executablePath(), ...systemChromium().map((path) => async () => path)]
  const failures: string[] = []
  for (const locate of candidates) {
    try {
      return await chromium.launch({ executablePath: await locate(), args: FLAGS, headless: true })
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  throw new Error(`No browser runs here: set VOLTWAY_CHROMIUM to a Chromium, or install one.\n  ${failures.join('\n  ')}`)
}
