import type { Amperes, EpochMs, Seconds, Volts, Watts } from '@voltway/units'
import type { commonMessages, xmldsig } from '@voltway/wire/iso15118'
import type { AppProtocol } from '../../machine/app-protocol.ts'
import type { ChargingNeeds, MeterReading, Payment, Positioning, ScheduleOffer, SupplyLimits } from '../../machine/charging.ts'
import type { ContractChain, RefusalReason } from '../../machine/contract-chain.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { SeccOptions } from '../../machine/options.ts'
import type { PausedSession } from '../../machine/station-words.ts'
import type { Waiting } from '../../machine/waiting.ts'
import type { RequestBody, Stream } from '../message.ts'
import type { EnergyMode } from '../services.ts'
import type { Bounds } from './bounds.ts'
import type { SeccStateName } from './table.ts'

export type Notification = commonMessages.EVSEStatusType['EVSENotification']

/** What the station said last. */
export interface StationView {
  readonly authorisation: 'none' | 'waiting' | 'authorised' | 'refused'
  readonly refusal?: RefusalReason
  readonly offers?: readonly ScheduleOffer[]
  readonly limits: SupplyLimits
  readonly setPoint?: Watts
  readonly voltage: Volts
  readonly current: Amperes
  readonly power?: Watts
  readonly meter?: MeterReading
  readonly positioned?: { readonly step: Positioning; readonly done: boolean }
  readonly isolation?: 'valid' | 'warning' | 'fault'
  /** Since it was told to close. */
  readonly contactor: 'unknown' | 'open' | 'closed'
  /** What the car is asked to do. */
  readonly wish?: { readonly notification: Notification; readonly within: Seconds }
  readonly receiptWanted: boolean
  /** Undefined inside: the backend has none. Absent: not answered yet. */
  readonly certificate?: { readonly exi: Uint8Array | undefined }
}

/** What was settled in this session. */
export interface SessionFacts {
  readonly payment?: Payment
  readonly energy?: EnergyMode
  readonly contract?: { readonly emaid: string; readonly chain: ContractChain }
  /** Of that contract's certificate. */
  readonly expiresSoon?: boolean
  readonly authorisationAsked: boolean
  readonly scheduleAsked: boolean
  readonly cableCheckAsked: boolean
  readonly positionAsked?: Positioning
  readonly needs?: ChargingNeeds
  /** What the car may choose from. */
  readonly offered: readonly ScheduleOffer[]
  readonly offeredAt: EpochMs
  readonly scheduleId?: number
  /** Said in ChargeParameterDiscoveryRes: what comes later is never above it. V2G20-2188. */
  readonly announced?: Bounds
  /** The last reading that went to the car. */
  readonly meterSent?: commonMessages.MeterInfoType
  /** A reading was asked to be confirmed and was not yet. */
  readonly confirmationDue: boolean
  /** Told to close and not told to open since. */
  readonly output: boolean
}

/** A request with what came around it. */
export interface Incoming {
  readonly stream: Stream
  readonly body: RequestBody
  readonly sessionId: Uint8Array
  readonly signature?: xmldsig.SignatureType
  readonly raw: Uint8Array
}

/** A station's session of ISO 15118-20. */
export interface SeccSession {
  readonly name: SeccStateName
  readonly ended: EndReason | undefined
  readonly chosen: AppProtocol
  readonly options: SeccOptions
  readonly sessionId: Uint8Array
  readonly resumed?: PausedSession
  readonly facts: SessionFacts
  readonly station: StationView
  /** A request of the main stream whose answer waits for the station. */
  readonly held?: Incoming
  readonly waiting?: Waiting
}

/** One request as its handler sees it. */
export interface Turn {
  readonly session: SeccSession
  readonly incoming: Incoming
  readonly at: EpochMs
  /** `fresh`: it has just come. `again`: it was held and the station has said something since. `late`: its time is over. */
  readonly call: 'fresh' | 'again' | 'late'
}
