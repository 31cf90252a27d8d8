import type { Database } from '@voltway/store'
import type { Clock, RandomBytes } from '@voltway/units'
import type { Log } from '../log.ts'

export interface NodeParts {
  readonly db: Database
  /** The platform's time: ends of links are dated by it. */
  readonly clock: Clock
  /** Real time: leases last by it. */
  readonly network: Clock
  readonly random: RandomBytes
  readonly log: Log
  /** For people, and to know one's own predecessor by. */
  readonly name: string
  readonly leaseMs: number
  readonly secretCheck: string
  /** 32 bytes that the nodes share. */
  readonly nodeKey: Uint8Array
  /** The database began with this process: whoever was on it before is gone. */
  readonly isFirst: boolean
}

/** Times that a lease is renewed before it would run out. */
export const TURNS = 3
