import type { iso2 } from '@voltway/wire/iso15118'
import type { EndReason } from '../../machine/end-reason.ts'
import type { Output } from '../../machine/machine.ts'
import type { StationTold } from '../../machine/station-words.ts'
import type { MessageName, Requests, ResponseCode, Responses } from '../message.ts'
import type { SessionFacts, StationView, Turn } from './state.ts'
import type { SeccStateName } from './table.ts'

/** What changes with an answer. */
export interface Change {
  readonly told?: readonly StationTold[]
  readonly facts?: Partial<SessionFacts>
  readonly station?: Partial<StationView>
  readonly sessionId?: Uint8Array
  readonly end?: EndReason
}

/** What a handler makes of a request. */
export type Answer<Name extends MessageName> = Change &
  (
    | {
        readonly kind: 'respond'
        readonly response: Responses[Name]
        readonly next: SeccStateName
        readonly signature?: iso2.SignatureType | undefined
      }
    /** A whole message as somebody else made and signed it. */
    | { readonly kind: 'pass'; readonly exi: Uint8Array; readonly next: SeccStateName }
    /** The handler is asked again when the station has said something. */
    | { readonly kind: 'hold' }
    /** The response with this code; then the session ends. */
    | { readonly kind: 'fail'; readonly code: ResponseCode; readonly detail?: string }
  )

export type Handler<Name extends MessageName> = (turn: Turn, request: Requests[Name]) => Answer<Name>

export type SeccOutputs = readonly Output<StationTold>[]
