import type { xmldsig } from '@voltway/wire/iso15118'
import type { EndReason } from '../../machine/end-reason.ts'
import type { StationTold } from '../../machine/station-words.ts'
import type { FailedCode, MessageName, Requests, Responses } from '../message.ts'
import type { SeccSession, SessionFacts, StationView, Turn } from './state.ts'
import type { SeccStateName } from './table.ts'

/** What changes with an answer. */
export interface Change {
  readonly told?: readonly StationTold[]
  readonly facts?: Partial<SessionFacts>
  readonly station?: Partial<StationView>
  /** What is no longer so. */
  readonly forget?: readonly ('wish' | 'offers' | 'certificate' | 'isolation' | 'refusal' | 'positioned')[]
  readonly session?: Pick<SeccSession, 'sessionId'> & Partial<Pick<SeccSession, 'resumed'>>
  /** After the response. */
  readonly end?: EndReason
}

/** What a handler makes of a request. */
export type Answer<Name extends MessageName> = Change &
  (
    | {
        readonly kind: 'respond'
        readonly response: Responses[Name]
        readonly next: SeccStateName
        readonly signature?: xmldsig.SignatureType | undefined
      }
    /** A whole message as somebody else made and signed it. */
    | { readonly kind: 'pass'; readonly exi: Uint8Array; readonly next: SeccStateName }
    /** The handler is asked again when the station has said something, and when time is up. */
    | { readonly kind: 'hold' }
    /** The response with this code; then the session ends. */
    | { readonly kind: 'fail'; readonly code: FailedCode; readonly detail?: string }
  )

export type Handler<Name extends MessageName> = (turn: Turn, request: Requests[Name]) => Answer<Name>
