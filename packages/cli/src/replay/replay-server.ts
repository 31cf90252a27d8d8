import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, createLog, type RunningServer, systemClock as realClock, seedTenant, startServer } from '@voltway/app'
import { type Provisioned, type ReplayPlan, readingTimeOf, type SimClock } from '@voltway/sim'
import { connectApi } from '../api/api.ts'
import { type ReplaySeedOptions, replaySeed } from './replay-seed.ts'

export interface ReplayServer extends Provisioned {
  readonly server: RunningServer
  readonly api: ReturnType<typeof connectApi>
  readonly owner: { readonly email: string; readonly password: string }
  /** The server's station ids by OCPP identity. */
  readonly stationIds: ReadonlyMap<string, string>
  /** Wakes the jobs of the organisation. */
  readonly wake: () => void
  readonly onEvent: (listener: (type: string, subject: string) => void) => () => void
  readonly close: () => Promise<void>
}
export interface ReplayServerOptions extends Omit<ReplaySeedOptions, 'plan'> {
  /** With the folder of its throw-away database still to be set. */
  readonly config: Config
  /** The web apps, where somebody will look. */
  readonly webRoots: { readonly driver: string; readonly console: string; readonly simulator: string } | undefined
}

/**
 * Starts the platform on a database of its own, with the recording's time as its clock and everything in it that the recording
 * names. Waiting is done in real time, so that jobs and time-outs run beside a clock that jumps.
 */
export const startReplayServer = async (plan: ReplayPlan, clock: SimClock, options: ReplayServerOptions): Promise<ReplayServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'voltway-replay-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  try {
    const { webRoots } = options
    const config: Config = { ...options.config, dataDirectory: folder, databaseUrl: undefined, requestsPerMinute: 1_000_000 }
    const log = createLog({ level: config.logLevel, clock: realClock, write: (line) => process.stderr.write(line) })
    const server = await startServer({ config, clock: readingTimeOf(clock, realClock), log, ...(webRoots && { webRoots }) })
    closing.push(() => server.close())
    const seed = replaySeed({ ...options, plan })
    const made = await seedTenant(server.services, seed)
    const tenantId = made.tenantId as Parameters<typeof server.services.live.wake>[0]
    return {
      server,
      url: `${server.url.replace(/^http/, 'ws')}/ocpp`,
      passwords: Object.fromEntries(made.stations.map(({ identity, password }) => [identity, password])),
      api: connectApi({ values: { url: server.url, 'api-key': made.apiKeys[0]?.key ?? '' }, env: {} }),
      owner: seed.owner,
      stationIds: new Map(made.stations.map(({ identity, id }) => [identity, id])),
      wake: () => server.services.live.wake(tenantId),
      onEvent: (listener) => server.services.live.watch(tenantId, '0-0', ({ type, subject }) => listener(type, subject)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
