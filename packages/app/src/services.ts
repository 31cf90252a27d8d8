import type { Database } from '@voltway/store'
import type { Clock, RandomBytes } from '@voltway/units'
import type { Config } from './config.ts'
import type { LiveBus } from './events/live-bus.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics/create-metrics.ts'
import type { StationGateway } from './ocpp/station-gateway.ts'
import type { Traces } from './traces/traces.ts'

/** What routes, jobs and the charging link are given; nothing else reaches the outside world. */
export interface Services {
  readonly clock: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly db: Database
  readonly gateway: StationGateway
  readonly live: LiveBus
  /** The installation's key: station passwords, API keys and id tokens are stored as HMAC-SHA256 under it. */
  readonly secrets: { readonly hmacKey: Uint8Array }
  readonly config: Config
  readonly metrics: Metrics
  readonly traces: Traces
}
