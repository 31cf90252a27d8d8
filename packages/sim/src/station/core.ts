import type { OcspRequestData } from '@voltway/pki'
import type { Clock, EpochMs } from '@voltway/units'
import type { ChargingNeeds, ChargingProfile as ChosenProfile, RefusalReason } from '@voltway/vehicle'
import type { OcppVersion } from '@voltway/wire/ocpp'
import type { Cable, HighLevel } from '../cable/cable.ts'
import type { ChargingProfile } from '../charging/charging-profile.ts'
import type { ConnectorState } from '../connector-machine.ts'
import type { JsonObject } from '../json.ts'
import type { LoggedMessage, OcppLink } from '../link/ocpp-link.ts'
import type { Quirks } from '../quirks.ts'
import type { SimClock } from '../sim-clock.ts'
import type { EvseTemplate, StationTemplate, StationTiming } from '../template.ts'
import type { Vehicle } from '../vehicle.ts'
import type { Settings } from './settings.ts'

export type StopReason =
  | 'local'
  | 'remote'
  | 'evDisconnected'
  | 'deAuthorized'
  | 'hardReset'
  | 'softReset'
  | 'unlock'
  | 'emergency'
  | 'stoppedByEV'
  | 'fault'

/** Who stands at the station, as far as the server has told. */
export interface PresentedToken {
  readonly idToken: string
  readonly groupIdToken: string | undefined
  readonly reservationNumber: number | undefined
  readonly remoteStartNumber: number | undefined
  /** The account of a contract certificate. */
  readonly isContract?: boolean
}

export interface StationTransaction extends PresentedToken {
  /** The station's own id; on the wire in 2.x. */
  readonly id: string
  /** The server's number in 1.6, once its answer came. */
  number: number | undefined
  readonly startedAt: EpochMs
  readonly meterStartWh: number
  /** What made it start: the card, the cable or the server. */
  readonly trigger: 'authorised' | 'plugged' | 'remote'
  sequence: number
  stopReason: StopReason | undefined
}

export interface StationReservation {
  readonly number: number
  readonly idToken: string
  readonly groupIdToken: string | undefined
  readonly expiresAt: EpochMs
  readonly cancelExpiry: () => void
}

/** An EVSE at work. */
export interface SimEvse {
  readonly template: EvseTemplate
  /** As ISO 15118 writes it. */
  readonly evseId: string
  state: ConnectorState
  /** On the cable; undefined when nothing is plugged in. */
  vehicle: Vehicle | undefined
  /** The digital side of the plug, where both ends have one. */
  cable: Cable | undefined
  token: PresentedToken | undefined
  transaction: StationTransaction | undefined
  reservation: StationReservation | undefined
  /** A profile that came with a remote start and waits for its transaction. */
  pendingProfile: ChargingProfile | undefined
  readonly registers: { importWh: number; exportWh: number }
  /** Negative when the car gives back. */
  powerW: number
  offeredW: number
  /** Closed to the car, at an EVSE that switches; a car may use fewer. */
  phases: 1 | 3
  /** Until when it pauses because it was switched. */
  switchingUntil: EpochMs | undefined
  settledAt: EpochMs
  /** What the operator wants; takes effect when no transaction runs. */
  operative: boolean
  faultCode: string | undefined
  lockedSince: EpochMs | undefined
  reportedStatus: string | undefined
  readonly cancel: { start: () => void; meter: () => void; token: () => void; ramp: () => void }
}

export interface Authorisation {
  /** OCPP's own word: Accepted, Blocked, Expired, Invalid, ConcurrentTx, ... */
  readonly status: string
  readonly groupIdToken: string | undefined
}
export interface ContractAuthorisation extends Authorisation {
  /** What is wrong with its certificates, where something is. */
  readonly refusal: RefusalReason | undefined
}
export interface BootAnswer {
  readonly status: 'Accepted' | 'Pending' | 'Rejected'
  readonly intervalSeconds: number
}
export type MeterContext = 'periodic' | 'begin' | 'end' | 'trigger'

/** One OCPP version as a station speaks it. Every method sends and returns; answers come later. */
export interface Dialect {
  readonly boot: (reason: BootReason) => Promise<BootAnswer | undefined>
  readonly heartbeat: () => void
  /** The status of an EVSE, or of the station, unless it was just said; `again` says it anyway. */
  readonly status: (evse: SimEvse | undefined, again?: 'again') => void
  /** Undefined when the server cannot be asked. */
  readonly authorize: (idToken: string) => Promise<Authorisation | undefined>
  readonly started: (evse: SimEvse, transaction: StationTransaction) => Promise<Authorisation | undefined>
  readonly stateChanged: (evse: SimEvse, transaction: StationTransaction) => void
  readonly meterValues: (evse: SimEvse, context: MeterContext) => void
  readonly stopRequested: (evse: SimEvse, transaction: StationTransaction) => void
  readonly currentZero: (evse: SimEvse, transaction: StationTransaction) => void
  readonly unlocked: (evse: SimEvse, transaction: StationTransaction) => void
  /** What it says of cars that speak for themselves; undefined where this version has no words for it. */
  readonly vehicle?: VehicleDialect
  /** Answers a CALL of the server; undefined when this version does not know it. */
  readonly answer: (action: string, payload: JsonObject) => Promise<object | undefined>
}
export type BootReason = 'powerUp' | 'reconnected' | 'remoteReset' | 'triggered'

/** ISO 15118 in the words of OCPP. */
export interface VehicleDialect {
  /** @param pem the contract's certificate, then its authorities */
  readonly authorize: (emaid: string, pem: string) => Promise<ContractAuthorisation | undefined>
  /** @returns whether a plan will follow */
  readonly needs: (evse: SimEvse, needs: ChargingNeeds) => Promise<boolean>
  readonly schedule: (evse: SimEvse, profile: ChosenProfile) => void
  /** What a responder says of a certificate, DER (RFC 6960); undefined where there is no answer. */
  readonly certificateStatus: (question: OcspRequestData) => Promise<Uint8Array | undefined>
  /** The answer to a car that asks for its contract, as EXI; undefined where there is none. */
  readonly certificate: (request: {
    readonly action: 'install' | 'update'
    readonly namespace: string
    readonly exiRequest: Uint8Array
  }) => Promise<Uint8Array | undefined>
}

/** What the parts of one station share. */
export interface StationCore {
  readonly identity: string
  readonly version: OcppVersion
  readonly template: StationTemplate
  readonly timing: StationTiming
  readonly clock: SimClock
  readonly network: Clock
  readonly random: () => number
  readonly quirks: Quirks
  readonly settings: Settings
  readonly evses: readonly SimEvse[]
  profiles: readonly ChargingProfile[]
  /** Tokens the server has accepted before: the authorisation cache. */
  readonly known: Map<string, Authorisation>
  /** Starts as soon as a car is plugged in and its driver is known; otherwise `start` must be pressed. */
  readonly autoStart: boolean
  /** What it speaks ISO 15118 with; undefined for one that does not. */
  readonly highLevel: HighLevel | undefined
  readonly log: LoggedMessage[]
  readonly link: OcppLink
  readonly dialect: Dialect
  bootReason: BootReason
  rebooting: boolean
  cancelWake: () => void
  /** Nothing of it moves any more, whatever its cables still say. */
  isClosed: boolean
  /** Ends what waits on its clock. */
  readonly endClock: () => void
  cancelHeartbeat: () => void
  /** A DC station ends the session of a car that takes no more. */
  readonly batteryFull: (evse: SimEvse) => void
  readonly changed: () => void
}

export interface ActionResult {
  readonly ok: boolean
  /** For the person at the station. */
  readonly text: string
}
export const done = (text: string): ActionResult => ({ ok: true, text })
export const refused = (text: string): ActionResult => ({ ok: false, text })

/** A UUID of the station's own randomness. */
export const newUuid = (random: () => number): string => {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
