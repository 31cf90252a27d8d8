/** What the other end gets wrong and is taken all the same: because it does no harm, or because a policy says so. */
export type DeviationCode =
  /** A length that the schema does not allow. */
  | 'facet'
  /** Another minor version of the protocol. */
  | 'minorVersion'
  | 'wrongSessionId'
  /** OK where OK_NewSessionEstablished is due. */
  | 'plainOk'
  | 'isolationNotValid'
  | 'missingSchedule'
  | 'missingPrices'
  | 'unsignedAuthorization'
  /** Prices for a contract that its operator did not sign: the schedule is taken without them. */
  | 'unbelievedPrices'
  /** A contract that was delivered and that the car does not believe or cannot open: it pays in another way. */
  | 'refusedContract'
  | 'missingReceipt'

export interface Deviation {
  readonly code: DeviationCode
  /** `SessionSetupReq` */
  readonly message: string
  /** In few words, with the field where there is one. */
  readonly what: string
}

/** Lengths that the codec let pass. */
export const facetsOf = (message: string, deviations: readonly { readonly path: string; readonly message: string }[] = []) =>
  deviations.map(({ path, message: said }): Deviation => ({ code: 'facet', message, what: `${path}: ${said}` }))

/** A message that carries the number of another session. */
export const wrongSession = (message: string): Deviation => ({ code: 'wrongSessionId', message, what: 'SessionID of another session' })
