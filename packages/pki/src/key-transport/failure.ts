import { fail } from '@voltway/units'

/** Why a contract key could not be sent or received. */
export type KeyTransportCode =
  /** A key of another curve than this transport is for. */
  | 'curve'
  /** The recipient's certificate does not allow its key to agree on one. */
  | 'usage'
  /** A field has another length than the standard gives it. */
  | 'length'
  /** The sender's public key is no point of the curve, or one that no secret comes of. */
  | 'point'
  /** What was encrypted was changed on its way, or encrypted for somebody else. Only -20 can tell. */
  | 'authentication'
  /** What was decrypted is no private key. */
  | 'not-a-key'
  /** It is a private key, but not that of the contract certificate. */
  | 'wrong-key'

export interface KeyTransportFailure {
  readonly code: KeyTransportCode
  readonly message: string
}

export const refuseKey = (code: KeyTransportCode, message: string) => fail<KeyTransportFailure>({ code, message })
