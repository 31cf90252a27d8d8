#!/usr/bin/env node
// The `voltway` program: plain JavaScript for any Node.js from 20 on, which hands over to the pinned one.
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BUILD_STEPS, buildState, ensureBuilt } from '../../../tools/bootstrap/build-steps.mjs'
import { dependenciesState } from '../../../tools/bootstrap/dependencies.mjs'
import { handOver } from '../../../tools/bootstrap/hand-over.mjs'
import { resolveNode } from '../../../tools/bootstrap/pinned-node.mjs'
import { Stop, say } from '../../../tools/bootstrap/print.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = resolve(here, '..', '..', '..')

const main = async () => {
  if (dependenciesState(root) === 'missing')
    throw new Stop('Nothing is installed in this clone yet.', 'run npm start, npm test or npm ci first.')
  const node = await resolveNode(root)
  // npm ci alone generates nothing; what is stale is left to npm start.
  if (BUILD_STEPS.some((build) => build.kind === 'generate' && buildState(root, build) === 'missing'))
    await ensureBuilt(root, { path: node.path, env: process.env }, { web: false })
  return handOver({ path: node.path, env: process.env }, [join(here, '..', 'src', 'main.ts'), ...process.argv.slice(2)])
}

main().then(
  (code) => process.exit(code),
  (error) => {
    say(`  ✘ ${error instanceof Stop ? error.message : error.stack}`)
    process.exit(1)
  },
)
