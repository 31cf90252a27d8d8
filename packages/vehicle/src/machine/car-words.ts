import type { Amperes, Percent, Seconds, Volts, Watts } from '@voltway/units'
import type {
  ChargingNeeds,
  ChargingProfile,
  EnergyTransfer,
  MeterReading,
  Payment,
  PowerLimits,
  ScheduleOffer,
  SelectedService,
  SupplyLimits,
  ValueAddedService,
} from './charging.ts'
import type { ContractChain } from './contract-chain.ts'
import type { EndReason } from './end-reason.ts'
import type { PausedSession } from './station-words.ts'
import type { ProtocolName } from './timeouts.ts'

/** What a car says to its EVCC, whatever protocol runs. The last word of a kind counts; all may come at any time. */
export type CarWord =
  /** State of the battery and what is asked of the output now. Unset fields stay as they were. */
  | {
      readonly word: 'battery'
      readonly soc?: Percent
      /** Direct current: what the output shall be brought to. */
      readonly targetVoltage?: Volts
      readonly targetCurrent?: Amperes
      /** What the battery measures at its inlet. */
      readonly voltage?: Volts
      /** Alternating current: what is drawn now; negative gives back. */
      readonly power?: Watts
      readonly limits?: PowerLimits
      readonly timeToFull?: Seconds
      readonly timeToBulk?: Seconds
    }
  | { readonly word: 'needs'; readonly needs: Partial<ChargingNeeds> }
  /** Answers `offers`. */
  | { readonly word: 'choose'; readonly profile: ChargingProfile }
  /** Stop charging in order and end the session. */
  | { readonly word: 'stop' }
  /** Stop charging in order and keep the session for later. */
  | { readonly word: 'pause' }
  /** `of` the schedule where it says nothing; services where the protocol can. */
  | { readonly word: 'renegotiate'; readonly of?: 'schedule' | 'services' }
  /** Draw nothing for a while, with the session going on; and go on. */
  | { readonly word: 'standby' }
  | { readonly word: 'wake' }
  /** The session ends now; the EVCC tells `openContactor`. */
  | { readonly word: 'emergency'; readonly cause: string }

/** What an EVCC tells its car, whatever protocol runs. */
export type CarTold =
  | {
      readonly told: 'sessionBegan'
      readonly protocol: ProtocolName
      readonly namespace: string
      readonly evseId: string
      readonly sessionId: Uint8Array
      readonly resumed: boolean
    }
  | {
      readonly told: 'services'
      readonly transfers: readonly EnergyTransfer[]
      readonly payments: readonly Payment[]
      readonly valueAdded: readonly ValueAddedService[]
    }
  /** What was settled with the station. */
  | {
      readonly told: 'serviceChosen'
      readonly transfer: EnergyTransfer
      readonly payment: Payment
      readonly valueAdded: readonly SelectedService[]
    }
  | { readonly told: 'authorising'; readonly waitingForCustomer: boolean }
  | { readonly told: 'authorised' }
  | { readonly told: 'contractInstalled'; readonly emaid: string; readonly chain: ContractChain; readonly privateKey: Uint8Array }
  /** One that was delivered and not taken: the car pays as it could before, if it can. */
  | { readonly told: 'contractRefused'; readonly why: string }
  | { readonly told: 'limits'; readonly limits: SupplyLimits }
  /** Prices of a contract that its operator did not sign: the schedules are offered without them. */
  | { readonly told: 'pricesRefused'; readonly why: 'unsigned' | 'wrongSignature' }
  /** Answered by `choose`. */
  | { readonly told: 'offers'; readonly schedules: readonly ScheduleOffer[] }
  /** IEC 61851-1: state C asks for energy, B does not. */
  | { readonly told: 'controlPilot'; readonly state: 'B' | 'C' }
  | { readonly told: 'closeContactor' }
  /** Told at every end of delivery, good or bad, and before any bad end of the session. */
  | { readonly told: 'openContactor'; readonly urgent: boolean }
  | {
      readonly told: 'measured'
      readonly voltage?: Volts
      readonly current?: Amperes
      readonly maxPower?: Watts
      readonly maxCurrent?: Amperes
      readonly meter?: MeterReading
    }
  /** Dynamic control: what to draw now; negative gives back. */
  | { readonly told: 'setPoint'; readonly power: Watts }
  /** The station asks; the EVCC itself does so in time, except that a new profile is the car's to choose. */
  | { readonly told: 'notified'; readonly wish: 'stop' | 'pause' | 'renegotiate'; readonly within: Seconds }
  | { readonly told: 'paused'; readonly session: PausedSession }
  /** The last word, just before the link is ended. */
  | { readonly told: 'ended'; readonly reason: EndReason }
