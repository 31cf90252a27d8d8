import type { EpochMs } from '@voltway/units'

/** A value that JSON can carry; what is larger than 2^53 travels as a decimal string. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** Something that happened, in the words that live subscribers and jobs know. */
export interface OutboxEvent {
  /** `session.changed`, `cdr.issued` … */
  readonly type: string
  /** The id of what it is about. */
  readonly subject: string
  readonly data: JsonObject
  readonly recordedAt: EpochMs
}

/**
 * A place in a tenant's outbox: first the transaction, then the row. 64-bit transaction ids as decimal text. Compare with SQL's row
 * comparison only.
 */
export interface OutboxPosition {
  readonly xid: string
  readonly position: number
}

export interface StoredOutboxEvent extends OutboxEvent {
  readonly at: OutboxPosition
}
