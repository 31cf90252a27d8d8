import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { systemChromium } from './system-chromium.ts'

const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--hide-scrollbars']

/** Fields of dates and times are written in the language of the system; neither a flag nor the page's own language changes that. */
const LANGUAGE = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', LC_ALL: 'en_GB.UTF-8' } as const

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
      return await chromium.launch({ executablePath: await locate(), args: FLAGS, env: { ...process.env, ...LANGUAGE }, headless: true })
    } catch (error) {
      failures.push(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  throw new Error(`No browser runs here: set VOLTWAY_CHROMIUM to a Chromium, or install one.\n  ${failures.join('\n  ')}`)
}
