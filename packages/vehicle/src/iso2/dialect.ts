import type { Result } from '@voltway/units'
import type { AppProtocol } from '../machine/app-protocol.ts'
import type { ProtocolName } from '../machine/timeouts.ts'
import type { Message, MessageName } from './message.ts'

/** Why a frame was not read or written. */
export interface DialectFailure {
  readonly code: 'undecodable' | 'unwritable'
  readonly detail: string
}

/**
 * How a protocol of the first generation says what ISO 15118-2 says. The machines speak the types of ISO 15118-2; DIN 70121 is the
 * same sequence with fewer messages, other names and a few other fields.
 */
export interface Dialect extends AppProtocol {
  readonly name: ProtocolName
  /** What it can say at all. Any other request is refused in every state. */
  readonly messages: ReadonlySet<MessageName>
  readonly can: {
    readonly alternatingCurrent: boolean
    readonly contract: boolean
    readonly pause: boolean
    readonly renegotiate: boolean
    readonly valueAdded: boolean
  }
  readonly read: (exi: Uint8Array) => Result<Message, DialectFailure>
  readonly write: (message: Message) => Result<Uint8Array, DialectFailure>
  /** A signed element by itself, as it is hashed, also where its lengths deviate: who signed it hashed that. */
  readonly fragment: (body: Message['body']) => Result<Uint8Array, DialectFailure>
}
