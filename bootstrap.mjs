// What `npm start`, `npm run demo` and `npm test` run. Plain JavaScript for Node 20 or newer, with nothing installed:
// it installs what is missing, finds the pinned Node, builds what is stale and hands over.
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './tools/bootstrap/build-steps.mjs'
import { ensureDependencies } from './tools/bootstrap/dependencies.mjs'
import { handOver } from './tools/bootstrap/hand-over.mjs'
import { majorOf, resolveNode } from './tools/bootstrap/pinned-node.mjs'
import { Stop, say } from './tools/bootstrap/print.mjs'
import { planFor, verbNames } from './tools/bootstrap/verbs.mjs'

const root = dirname(fileURLToPath(import.meta.url))

/** @param {string} nodePath */
const environment = (nodePath) => ({
  ...process.env,
  // What Node has compiled once it need not compile again at the next start, nor in the next test file.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled'),
  PATH: [dirname(nodePath), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter),
})

const main = async () => {
  if (majorOf(process.version) < 20)
    throw new Stop(`Node.js ${process.version} is too old.`, 'install Node.js 20 or newer and run this again.')
  const plan = planFor(process.argv.slice(2))
  if (!plan) throw new Stop('Usage: node bootstrap.mjs <verb> [arguments]', `use one of these verbs: ${verbNames.join(', ')}.`)
  process.chdir(root)
  await ensureDependencies(root, process.env)
  const node = await resolveNode(root)
  const env = environment(node.path)
  await ensureBuilt(root, { path: node.path, env }, { web: plan.web })
  // The browser tests need not build again what has just been found fresh.
  const told = plan.web ? { ...env, VOLTWAY_WEB_BUILT: '1' } : env
  return plan.args.length > 0 ? handOver({ path: node.path, env: told }, plan.args) : 0
}

main().then(
  (code) => process.exit(code),
  (error) => {
    say(`\n  ✘ ${error instanceof Stop ? error.message : error.stack}`)
    process.exit(1)
  },
)
