import type { Identity } from './identity/identity.ts'
import type { Secrets } from './identity/secrets.ts'
import type { SetUp } from './identity/set-up.ts'
import type { DriverPlanner } from './planning/driver-planner.ts'
import type { Services } from './services.ts'

/** What the HTTP side has beside the services that all rooms of the server share. */
export interface ServerServices extends Services {
  readonly identity: Identity
  readonly secrets: Secrets
  readonly setUp: SetUp
  readonly driverPlanner: DriverPlanner
  /** Where people reach this server: as configured, else where it listens. */
  readonly publicUrl: () => string
  /** RFC 8292 public key for web push, base64url; undefined when push is off. */
  readonly pushPublicKey: string | undefined
}
