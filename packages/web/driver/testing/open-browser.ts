import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--headless=new']

/** The browser that comes with a package, without a sandbox so that it runs as any user. */
export const openBrowser = async (more: readonly string[] = []): Promise<Browser> =>
  playwright.launch({
    executablePath: process.env.VOLTWAY_CHROMIUM ?? (await chromium.executablePath()),
    args: [...ARGUMENTS, ...more],
    // Fields of dates and times are written in the language of the system.
    env: { ...process.env, LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', LC_ALL: 'en_GB.UTF-8' },
    headless: true,
  })
