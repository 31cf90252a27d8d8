import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

/** Half as much to hand to each page as the readable text, and half as long to compile. */
const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

type WithAxe = typeof globalThis & { readonly axe: { readonly run: (options: RunOptions) => Promise<AxeResults> } }

/** What axe finds wrong on a page by WCAG 2.2 A and AA, and by more rules where told; nothing when all is well. */
export const axeFaults = async (page: Page, more: readonly string[] = []): Promise<readonly string[]> => {
  // Evaluated, not added as a script: the page's policy allows no script of others.
  await page.evaluate(AXE)
  const { violations } = await page.evaluate((rules) => (globalThis as WithAxe).axe.run(rules), { runOnly: [...WCAG_2_2_AA, ...more] })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) => `${id} at ${target.join(' ')}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}
