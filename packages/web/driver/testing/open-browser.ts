import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--headless=new']

/** The browser that comes with a package, without a sandbox so that it runs as any user. */
export const openBrowser = async (): Promise<Browser> =>
  playwright.launch({ executablePath: process.env.VOLTWAY_CHROMIUM ?? (await chromium.executablePath()), args: ARGUMENTS, headless: true })
