import type { TimerName } from './timeouts.ts'

/** Why a session ended. All but the first two are bad ends: the output was switched off at once. */
export type EndCode =
  /** Both ends agreed with SessionStop. */
  | 'finished'
  /** Both ends agreed to go on later with the same session. */
  | 'paused'
  /** The other end closed the link, or it broke. */
  | 'linkLost'
  /** No protocol that both ends speak over this link. */
  | 'noNegotiation'
  /** EXI that cannot be read, or a message without a known body. */
  | 'undecodable'
  /** A payload type that has no place in the session. */
  | 'payloadType'
  /** A message that is not allowed in this state. */
  | 'sequence'
  | 'unknownSession'
  /** `timer` says which. */
  | 'timeout'
  /** The other end said FAILED; `responseCode` says what. */
  | 'refused'
  /** This end said FAILED; `responseCode` says what. */
  | 'refusing'
  /** The environment said so. */
  | 'emergency'
  /** What the other end offers does not fit: no common service, payment or energy transfer. */
  | 'incompatible'
  /** Something of this end did not come in time or is not there: a contactor, a certificate, a choice. */
  | 'notReady'
  /** The car was asked to stop and drew on: its power was cut off. */
  | 'stopIgnored'
  /** A message of ours could not be written: what the environment said does not fit the schema. */
  | 'unwritable'

export interface EndReason {
  readonly code: EndCode
  readonly timer?: TimerName
  /** In the words of the protocol that ran. */
  readonly responseCode?: string
  /** For people: what exactly was wrong. */
  readonly detail?: string
}

export const isGoodEnd = ({ code }: EndReason): boolean => code === 'finished' || code === 'paused'
