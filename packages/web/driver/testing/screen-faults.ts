import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }

type WithAxe = typeof globalThis & { axe: { run(options: RunOptions): Promise<AxeResults> } }

const axeFaults = async (page: Page, options: RunOptions): Promise<readonly string[]> => {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate((rules) => (globalThis as WithAxe).axe.run(rules), options)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`))
}

/** What a thumb cannot hit: targets under 44 px, links within a sentence aside. */
const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio], [type=checkbox]), [role=slider], nav a, a[class]')]
      .filter(
        (element) =>
          element.checkVisibility() && !element.closest('.vw-skip, .maplibregl-map') && element.getAttribute('role') !== 'slider',
      )
      .filter((element) => element.getBoundingClientRect().height < 43.5)
      .map((element) => `${element.outerHTML.slice(0, 90)} is ${element.getBoundingClientRect().height} px high`),
  )

/** What sticks out to the side, so that the page would scroll sideways. */
const overflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in ${clientWidth}`] : []
  })

/** What a colour scheme alone can do wrong. */
export const contrastFaults = (page: Page) => axeFaults(page, { runOnly: ['color-contrast'] })

/** Everything that is wrong with the screen as it stands: WCAG 2.2 AA by axe, small targets, sideways scrolling. */
export const screenFaults = async (page: Page): Promise<readonly string[]> => [
  ...(await axeFaults(page, RULES)),
  ...(await smallTargets(page)),
  ...(await overflow(page)),
]
