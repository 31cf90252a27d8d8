// The server that is killed: what `voltway start` starts, or the same behind a front that acknowledges too early.
import { describeFailures, loadConfig, startServer } from '@voltway/app'
import { serveParent } from '../../bench/ocpp/child.ts'
import { type PlaceToSeed, seedPlace } from '../../bench/ocpp/seed.ts'
import { earlyFront } from './early-front.ts'

const [dataDirectory, port = '0', mode] = process.argv.slice(2)
const early = mode === 'early'
const config = loadConfig({
  VOLTWAY_HOST: '127.0.0.1',
  VOLTWAY_PORT: early ? '0' : port,
  VOLTWAY_DATA_DIRECTORY: dataDirectory,
  VOLTWAY_LOG_LEVEL: 'silent',
})
if (!config.ok) throw new Error(describeFailures(config.failure))
const server = await startServer({ config: config.value })
const openPort = early ? await earlyFront({ port: Number(port), behind: server.port }) : server.port

const calls = {
  address: async (_: undefined) => ({ port: openPort, connectionString: server.services.db.connectionString }),
  seed: (place: PlaceToSeed) => seedPlace(server.services, place),
}
export type KilledCalls = typeof calls

serveParent(calls, () => server.close())
