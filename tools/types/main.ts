// `npm run types`: the whole house, generated JavaScript with settings of its own, then each web app with its own (DOM and JSX).
import { spawnSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'

const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
const webApps = globSync('packages/web/*/tsconfig.json').filter((path) => existsSync(join(dirname(path), 'src')))
const projects = ['tsconfig.json', 'tools/exi-compiler/writers/tsconfig.json', ...webApps.sort()]
let failed = 0
for (const project of projects) {
  const began = performance.now()
  const { status } = spawnSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' })
  console.log(`  ${status === 0 ? '✔' : '✘'} types of ${project} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
