import type { EpochMs } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { MessageName, Responses } from '../message.ts'
import type { EvccSession, Move } from './state.ts'

/** One response as its handler sees it; a FAILED one never comes here. */
export interface Arrival {
  readonly session: EvccSession
  /** The header's. */
  readonly sessionId: Uint8Array
  readonly signature?: iso2.SignatureType
  readonly at: EpochMs
}

export type Handler<Name extends MessageName> = (arrival: Arrival, response: Responses[Name]) => Move
