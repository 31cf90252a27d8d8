// One of several servers on a database: what `voltway start` starts, with a way to seed it and to look inside.
import { describeFailures, loadConfig, type SeedPlan, seedTenant, startServer } from '@voltway/app'
import { serveParent } from '../../bench/ocpp/child.ts'
import { type PlaceToSeed, seedPlace } from '../../bench/ocpp/seed.ts'

const config = loadConfig({ VOLTWAY_HOST: '127.0.0.1', VOLTWAY_PORT: '0', VOLTWAY_LOG_LEVEL: 'silent', ...process.env })
if (!config.ok) throw new Error(describeFailures(config.failure))
const server = await startServer({ config: config.value })

const calls = {
  port: async (_: undefined) => server.port,
  seed: (plan: SeedPlan) => seedTenant(server.services, plan),
  seedPlace: (place: PlaceToSeed) => seedPlace(server.services, place),
}
export type NodeCalls = typeof calls

const end = () => server.close()
process.once('SIGTERM', () => void end().then(() => process.exit(0)))
serveParent(calls, end)
