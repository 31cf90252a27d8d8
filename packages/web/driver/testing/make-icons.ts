// Draws the PNG icons from public/icon.svg: node testing/make-icons.ts
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBrowser } from './open-browser.ts'

const folder = join(import.meta.dirname, '..', 'public')
const svg = await readFile(join(folder, 'icon.svg'), 'utf8')
/** A maskable icon may be cut to any shape: its ground fills the square and its sign stays in the middle four fifths. */
const maskable = svg
  .replace('rx="96"', 'rx="0"')
  .replace(/<path/, '<g transform="translate(51 51) scale(0.8)"><path')
  .replace('</svg>', '</g></svg>')
const ICONS = [
  ['icon-192.png', 192, svg],
  ['icon-512.png', 512, svg],
  ['icon-maskable-512.png', 512, maskable],
] as const

const browser = await openBrowser()
for (const [name, size, drawing] of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`)
  await writeFile(join(folder, name), await page.screenshot({ omitBackground: true }))
  await page.close()
}
await browser.close()
