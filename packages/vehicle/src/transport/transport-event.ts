import type { EpochMs } from '@voltway/units'
import type { Rooted, SchemaName } from '@voltway/wire/iso15118'
import type { SdpSecurity } from '@voltway/wire/v2gtp'
import type { DeviationCode } from '../machine/deviation.ts'

/** Who speaks: the car's end or the station's end. */
export type Party = 'evcc' | 'secc'
export const otherParty = (party: Party): Party => (party === 'evcc' ? 'secc' : 'evcc')

interface Common {
  readonly at: EpochMs
  readonly from: Party
  readonly to: Party
  /** What happened in one or two words, or the message's name: `SessionSetupReq`. */
  readonly message: string
}

/** A message of the discovery. `address` and `port` are those an answer names. */
export interface SdpEvent extends Common {
  readonly kind: 'sdp'
  readonly message: 'SDPRequest' | 'SDPResponse'
  readonly security: SdpSecurity
  readonly address?: string
  readonly port?: number
  /** Why it is not used, with its code in front; absent where it is. */
  readonly refused?: string
}

/** Something that came and cannot be used. `times` is how many since the last such event: they are not told one by one. */
export interface RefusedEvent extends Common {
  readonly kind: 'refused'
  readonly code: string
  readonly times: number
}

/** A connection came up. */
export interface LinkEvent extends Common {
  readonly kind: 'link'
  readonly message: 'connected'
  readonly peer: string
  readonly tls: '1.2' | '1.3' | undefined
  readonly cipher?: string
  /** What the peer's TLS asked for and this platform cannot give. */
  readonly missing?: readonly string[]
}

/** A message of a session. */
export interface MessageEvent extends Common {
  readonly kind: 'message'
  readonly payloadType: number
  /** Of the payload. */
  readonly bytes: number
  readonly schema?: SchemaName
  readonly responseCode?: string
  /** As decoded; absent where it cannot be read. */
  readonly document?: Rooted
  /** Why it cannot be read. */
  readonly unreadable?: string
}

/** The other end did something that it should not, and it was taken: each is told once in a session. `message` is what it was said in. */
export interface DeviationEvent extends Common {
  readonly kind: 'deviation'
  readonly code: DeviationCode
  readonly what: string
}

/** A timer of this end ran out. */
export interface TimerEvent extends Common {
  readonly kind: 'timer'
}

/** The machine of this end went into another state. */
export interface StateEvent extends Common {
  readonly kind: 'state'
}

/** The session, or the try to have one, is over. `code` is of the machine, or of the link where no machine ran. */
export interface EndedEvent extends Common {
  readonly kind: 'ended'
  readonly message: 'ended'
  readonly code: string
  readonly detail?: string
}

/** All that can be seen of one end, in order: for logs and for a view of the sequence. */
export type TransportEvent = SdpEvent | RefusedEvent | LinkEvent | MessageEvent | DeviationEvent | TimerEvent | StateEvent | EndedEvent

export type OnEvent = (event: TransportEvent) => void

/** Who only looks on must not be able to end what it looks at. */
export const unthrowing =
  (onEvent: OnEvent): OnEvent =>
  (event) => {
    try {
      onEvent(event)
    } catch {
      // The observer's own matter.
    }
  }
