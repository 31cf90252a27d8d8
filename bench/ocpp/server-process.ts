// The measured server: exactly what `voltway start` starts, in a process of its own.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import { describeFailures, loadConfig, startServer } from '@voltway/app'
import { serveParent } from './child.ts'
import { residentKb } from './processes.ts'
import { type PlaceToSeed, seedPlace } from './seed.ts'

const [dataDirectory = '', databaseUrl] = process.argv.slice(2)
const config = loadConfig({
  VOLTWAY_HOST: '127.0.0.1',
  VOLTWAY_PORT: '0',
  VOLTWAY_DATA_DIRECTORY: dataDirectory,
  VOLTWAY_LOG_LEVEL: 'error',
  DATABASE_URL: databaseUrl,
})
if (!config.ok) throw new Error(describeFailures(config.failure))
const server = await startServer({ config: config.value })
const inspector = new Session()
inspector.connect()
let before = performance.eventLoopUtilization()

const calls = {
  address: async (_: undefined) => ({
    url: `${server.url.replace(/^http/, 'ws')}/ocpp/`,
    connectionString: server.services.db.connectionString,
  }),
  seed: (place: PlaceToSeed) => seedPlace(server.services, place),
  residentKb: async (_: undefined) => {
    globalThis.gc?.()
    return residentKb(process.pid)
  },
  /** How busy the event loop was since the last time this was asked, 0 to 1. */
  busy: async (_: undefined) => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return utilization
  },
  startProfile: async (_: undefined) => {
    await inspector.post('Profiler.enable')
    await inspector.post('Profiler.start')
  },
  /** Writes what was profiled as a `.cpuprofile` file. */
  stopProfile: async (file: string) => {
    const { profile } = await inspector.post('Profiler.stop')
    writeFileSync(file, JSON.stringify(profile))
  },
}
export type ServerCalls = typeof calls

serveParent(calls, () => server.close())
