// `npm run libraries`: what can be used alone, as packages that others can install.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildLibraries, LIBRARIES } from './build-libraries.ts'

const root = join(import.meta.dirname, '..', '..')
const out = join(root, 'dist', 'libraries')

await buildLibraries(root, out)
for (const { name } of LIBRARIES) {
  const { status, stdout } = spawnSync('npm', ['pack', join(out, name), '--pack-destination', out, '--silent'], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} could not be packed`)
  console.log(`  ✔ dist/libraries/${stdout.trim()}`)
}
