import type { Amperes, EpochMs, Percent, Seconds, Volts, Watts } from '@voltway/units'
import type { commonMessages, xmldsig } from '@voltway/wire/iso15118'
import type { AppProtocol } from '../../machine/app-protocol.ts'
import type { ChargingNeeds, ChargingProfile, Payment, PowerLimits, ScheduleOffer } from '../../machine/charging.ts'
import type { Contract } from '../../machine/crypto.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { EvccOptions } from '../../machine/options.ts'
import type { Stream } from '../message.ts'
import type { EnergyMode } from '../services.ts'
import type { EvccStateName } from './table.ts'

/** What the car said last. */
export interface CarView {
  readonly soc?: Percent
  readonly targetVoltage?: Volts
  readonly targetCurrent?: Amperes
  readonly voltage?: Volts
  readonly power?: Watts
  readonly limits?: PowerLimits
  readonly timeToFull?: Seconds
  readonly needs: ChargingNeeds
  /** Answers the last offers. */
  readonly choice?: ChargingProfile
}

/** What was settled in this session, and what the car is about to do. */
export interface EvccFacts {
  readonly payments: readonly Payment[]
  readonly challenge?: Uint8Array
  readonly contract?: Contract
  readonly services: readonly number[]
  readonly valueAdded: readonly number[]
  readonly details: readonly { readonly service: number; readonly sets: readonly commonMessages.ParameterSetType[] }[]
  readonly energy?: EnergyMode
  readonly offers: readonly ScheduleOffer[]
  /** The profile that is being followed, and since when. */
  readonly profile?: ChargingProfile
  readonly profileSince?: EpochMs
  readonly offersAt: EpochMs
  readonly setPoint?: Watts
  /** The output has the battery's voltage. */
  readonly preCharged: boolean
  /** The station is in place: the car says so once more. */
  readonly inPlace: boolean
  /** The state of a pantograph was asked for in this delivery. */
  readonly statusAsked: boolean
  readonly lowVoltage: boolean
  /** Told to close and not told to open since. */
  readonly connected: boolean
  /** What EVSEProcessing waits for, since a while. */
  readonly ongoing?: 'station' | 'customer'
  /** The car wants to draw nothing for a while. */
  readonly standby: boolean
  /** How the session is to end. */
  readonly leaving?: 'stop' | 'pause' | 'services'
  /** What to end with once the station has said goodbye. */
  readonly endWith?: EndReason
  /** `asked`: to be negotiated. `offered`: the car is to choose. */
  readonly renegotiation?: 'asked' | 'offered'
  /** A reading that is to be confirmed. */
  readonly confirm?: commonMessages.MeterInfoType
  readonly notified?: string
}

/** A car's session of ISO 15118-20. */
export interface EvccSession {
  readonly name: EvccStateName
  readonly ended: EndReason | undefined
  readonly chosen: AppProtocol
  readonly options: EvccOptions
  readonly sessionId: Uint8Array
  readonly facts: EvccFacts
  readonly car: CarView
  /** The profile that the last PowerDeliveryReq carried: the car may have chosen another one since. */
  readonly proposed?: ChargingProfile
  /** A response of the main stream is waited for; otherwise the pace runs. */
  readonly awaiting: boolean
  /** The stream beside the main one on which a response is waited for. */
  readonly aside?: 'schedule' | 'metering' | 'systemStatus'
}

/** One response as its handler sees it. */
export interface Turn {
  readonly session: EvccSession
  /** Of the response's header. */
  readonly sessionId: Uint8Array
  readonly at: EpochMs
  readonly signature: xmldsig.SignatureType | undefined
  readonly stream: Stream
}
