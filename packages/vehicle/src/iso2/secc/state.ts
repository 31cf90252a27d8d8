import type { Amperes, EpochMs, Seconds, Volts, Watts } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { ChargingNeeds, EnergyTransfer, MeterReading, Payment, ScheduleOffer, SupplyLimits } from '../../machine/charging.ts'
import type { ContractChain, RefusalReason } from '../../machine/contract-chain.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { SeccOptions } from '../../machine/options.ts'
import type { PausedSession } from '../../machine/station-words.ts'
import type { Waiting } from '../../machine/waiting.ts'
import type { Dialect } from '../dialect.ts'
import type { RequestBody } from '../message.ts'
import type { SeccStateName } from './table.ts'

/** What the station said last. */
export interface StationView {
  readonly authorisation: 'none' | 'waiting' | 'authorised' | 'refused'
  readonly refusal?: RefusalReason | undefined
  /** Offered since the last schedule was taken. */
  readonly offers?: readonly ScheduleOffer[] | undefined
  readonly limits: SupplyLimits
  readonly voltage: Volts
  readonly current: Amperes
  readonly power?: Watts | undefined
  readonly meter?: MeterReading | undefined
  readonly isolation?: 'valid' | 'warning' | 'fault' | undefined
  readonly contactorClosed: boolean
  readonly residualCurrent: boolean
  /** What the car is asked to do. */
  readonly wish?: { readonly notification: 'StopCharging' | 'ReNegotiation'; readonly within: Seconds } | undefined
  readonly receiptWanted: boolean
  /** Undefined inside: the backend has none. Absent: not answered yet. */
  readonly certificate?: { readonly exi: Uint8Array | undefined } | undefined
  readonly emergency?: string | undefined
}

/** What was settled in this session. */
export interface SessionFacts {
  readonly resumed?: PausedSession | undefined
  readonly payment?: Payment | undefined
  readonly transfer?: EnergyTransfer | undefined
  /** The mode as the car asked for it. */
  readonly mode?: iso2.ChargeParameterDiscoveryReqType['RequestedEnergyTransferMode'] | undefined
  readonly contract?: { readonly emaid: string; readonly chain: ContractChain } | undefined
  readonly authorisationAsked: boolean
  readonly scheduleAsked: boolean
  readonly cableCheckAsked: boolean
  readonly needs?: ChargingNeeds | undefined
  /** What the car may choose from. */
  readonly offered: readonly ScheduleOffer[]
  readonly scheduleId: number
  /** The reading that a receipt is due for. */
  readonly receiptDue?: iso2.MeterInfoType | undefined
  /** There may be voltage at the output: cable check, pre-charge or a closed contactor were asked for, and no `openContactor` told since. */
  readonly output: boolean
  /** The contactor was told to close, and not told to open since. */
  readonly closing: boolean
}

/** A request with what came around it. */
export interface Incoming {
  /** The header's. */
  readonly sessionId: Uint8Array
  readonly body: RequestBody
  readonly signature?: iso2.SignatureType | undefined
  readonly raw: Uint8Array
}

/** A station's session in a protocol of the first generation. */
export interface SeccSession {
  readonly name: SeccStateName
  readonly ended: EndReason | undefined
  readonly dialect: Dialect
  readonly options: SeccOptions
  readonly sessionId: Uint8Array
  readonly facts: SessionFacts
  readonly station: StationView
  /** A request whose answer waits for the station. */
  readonly held?: Incoming | undefined
  readonly waiting?: Waiting | undefined
}

/** One request as its handler sees it. */
export interface Turn {
  readonly session: SeccSession
  readonly incoming: Incoming
  readonly at: EpochMs
  /** False when the request was held and the station has said something since. */
  readonly fresh: boolean
  /** It was held as long as the standard allows: an answer is due now. */
  readonly late: boolean
}
