import { type Database, firstTenant, openAuthPool } from '@voltway/store'
import type { Clock, RandomBytes } from '@voltway/units'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { createLiveBus } from './events/create-live-bus.ts'
import { createIdentity } from './identity/better-auth.ts'
import { loadSecrets } from './identity/secrets.ts'
import { createSetUp } from './identity/set-up.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import type { StationGateway } from './ocpp/station-gateway.ts'
import { createDriverPlanner } from './planning/driver-planner.ts'
import type { ServerServices } from './server-services.ts'
import { openTraces } from './traces/open-traces.ts'

export interface ServiceParts {
  readonly config: Config
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly db: Database
  readonly gateway: StationGateway
  readonly publicUrl: () => string
}

/** Everything that routes and jobs are given, around a database that is open. */
export const createServices = async (parts: ServiceParts): Promise<ServerServices> => {
  const { config, clock, random, log, db, gateway, publicUrl } = parts
  const secrets = await loadSecrets(config)
  const pool = openAuthPool(db.connectionString, (error) => log.warn('identity pool', { error }))
  return {
    clock,
    random,
    log,
    db,
    gateway,
    // How often to look is real time, however fast the platform's clock runs.
    live: createLiveBus({ db, clock: systemClock, log }),
    secrets,
    config,
    metrics: createMetrics(),
    traces: await openTraces(config, log),
    identity: createIdentity({ pool, secret: secrets.authSecret, config, log }),
    // How long a plan may take is real time, too.
    driverPlanner: createDriverPlanner({ clock: systemClock, log }),
    setUp: createSetUp(random, (await firstTenant(db.directory)) === undefined),
    publicUrl,
    pushPublicKey: secrets.vapid.publicKey,
  }
}

/** The opposite, the database excepted. */
export const closeServices = async ({ live, identity, driverPlanner, traces }: ServerServices) => {
  live.close()
  await driverPlanner.close()
  await identity.close()
  await traces.close()
}
