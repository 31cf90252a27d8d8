// `npm run screenshots [-- name…]`: the pictures of README and docs, taken from the demo in a browser.
import { join } from 'node:path'
import { openBrowser } from '../../e2e/browser/open-browser.ts'
import { startDemoTown } from '../../e2e/main-job/demo-town.ts'
import { takePictures } from './take-pictures.ts'

const wanted = process.argv.slice(2)
const town = await startDemoTown()
try {
  const browser = await openBrowser()
  try {
    const folder = join(import.meta.dirname, '..', '..', 'docs', 'screenshots')
    await takePictures({ town, browser, folder, wanted, say: (line) => console.log(line) })
  } finally {
    await browser.close()
  }
} finally {
  await town.close()
}
