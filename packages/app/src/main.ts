import { parseArgs } from 'node:util'
import { describeFailures, loadConfig, SETTINGS } from './config.ts'
import { startServer } from './server.ts'
import { StartFailure } from './start-failure.ts'

const names = Object.values(SETTINGS).flatMap((setting) => ('flag' in setting && setting.flag ? [setting.flag] : []))
const { values } = parseArgs({ options: Object.fromEntries(names.map((name) => [name, { type: 'string' } as const])) })
const config = loadConfig(process.env, values)
if (!config.ok) {
  process.stderr.write(`${describeFailures(config.failure)}\n`)
  process.exit(2)
}
try {
  const server = await startServer({ config: config.value })
  process.stdout.write(`Voltway listens at ${server.url}\n`)
  const setUpUrl = server.setUpUrl()
  if (setUpUrl !== undefined) process.stdout.write(`Set it up once at ${setUpUrl}\n`)
  const stop = () => void server.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  process.stderr.write(`Voltway could not start: ${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof StartFailure) process.stderr.write(`What to do: ${error.advice}\n`)
  process.exit(1)
}
