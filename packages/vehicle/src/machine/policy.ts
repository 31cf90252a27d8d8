/** What a station does about things that devices in the field get wrong: data, so that a site can say it. */
export interface SeccPolicy {
  /** Offers ISO 15118-20 also without TLS 1.3, as test tools want it. V2G20-2356 forbids it. */
  readonly iso20OnAnyLink: boolean
  /** Takes requests with another SessionID than the one given: some cars send zeros on. */
  readonly wrongSessionId: 'refuse' | 'ignore'
  /** Lets a contract pass whose car did not sign the challenge: never in service. */
  readonly unsignedAuthorization: 'refuse' | 'pass'
  /** A car that does not send the receipt asked for. */
  readonly missingReceipt: 'stop' | 'ignore'
  /** Multiplies the times of ISO 15118-20's charge loops; 1 unless told. For simulators whose ends share a processor with all else. */
  readonly loopPatience?: number
}

export const SECC_POLICY: SeccPolicy = {
  iso20OnAnyLink: false,
  wrongSessionId: 'refuse',
  unsignedAuthorization: 'refuse',
  missingReceipt: 'ignore',
}

/** What a car does about things that stations in the field get wrong. */
export interface EvccPolicy {
  readonly iso20OnAnyLink: boolean
  readonly wrongSessionId: 'refuse' | 'ignore'
  /** A station that answers OK where OK_NewSessionEstablished is due. */
  readonly plainOkAtSetup: 'refuse' | 'accept'
  /** Stations without isolation monitor say Invalid, or nothing, to the end of the cable check. */
  readonly isolationNotValid: 'refuse' | 'accept'
  /** A station that finishes without having offered a schedule: what it can deliver counts as one. */
  readonly missingSchedule: 'refuse' | 'accept'
  /** Asks for the voltage after its contactors opened; many cars part without it. Direct current only. */
  readonly weldingDetection: 'ask' | 'skip'
  /** ISO 15118-20 wants prices with every schedule; stations leave them out. */
  readonly missingPrices: 'refuse' | 'accept'
  /** ISO 15118-20: a new schedule is negotiated beside the charge loop, or the loop is left for it. */
  readonly renegotiation?: 'aside' | 'inLine'
  /** `ignore`: a car that draws on when the station asks it to stop. Only for tests of stations. */
  readonly stopNotice?: 'follow' | 'ignore'
  /** As the station's. */
  readonly loopPatience?: number
}

export const EVCC_POLICY: EvccPolicy = {
  iso20OnAnyLink: false,
  wrongSessionId: 'refuse',
  plainOkAtSetup: 'accept',
  isolationNotValid: 'accept',
  missingSchedule: 'accept',
  weldingDetection: 'ask',
  missingPrices: 'accept',
}
