import type { Amperes, Percent, Seconds, Volts } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { CarTold } from '../../machine/car-words.ts'
import type {
  ChargingNeeds,
  ChargingProfile,
  EnergyTransfer,
  Payment,
  PowerLimits,
  ScheduleOffer,
  SelectedService,
  ValueAddedService,
} from '../../machine/charging.ts'
import type { Contract } from '../../machine/crypto.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { Output } from '../../machine/machine.ts'
import type { EvccOptions } from '../../machine/options.ts'
import type { Dialect } from '../dialect.ts'
import type { EvccStateName } from './table.ts'

/** What the car said last. */
export interface CarView {
  readonly soc: Percent
  readonly targetVoltage: Volts
  readonly targetCurrent: Amperes
  readonly limits: PowerLimits
  readonly timeToFull?: Seconds | undefined
  readonly timeToBulk?: Seconds | undefined
  readonly needs: ChargingNeeds
  /** Chosen of what was offered last. */
  readonly profile?: ChargingProfile | undefined
  readonly wish?: 'stop' | 'pause' | 'renegotiate' | undefined
}

/** What was settled in this session. */
export interface CarFacts {
  readonly evseId: string
  readonly resumed: boolean
  readonly transfer: EnergyTransfer
  readonly mode: iso2.ChargeParameterDiscoveryReqType['RequestedEnergyTransferMode']
  readonly payment: Payment
  readonly payments: readonly Payment[]
  readonly valueAdded: readonly ValueAddedService[]
  readonly selected: readonly SelectedService[]
  /** Services whose parameters are still to be asked for. */
  readonly toDetail: readonly number[]
  readonly contract?: Contract | undefined
  readonly challenge?: Uint8Array | undefined
  readonly offers: readonly ScheduleOffer[]
  /** What the station said last that it can deliver. */
  readonly supply: PowerLimits
  readonly receiptFor?: iso2.MeterInfoType | undefined
  /** The contactor was told to close and not told to open since. */
  readonly closed: boolean
  /** Energy flowed at least once: only then there is something to pause. */
  readonly charged: boolean
  /** The timer of a request that is answered with Ongoing runs. */
  readonly ongoing: boolean
  readonly weldingAsked: number
  /** SessionStop was asked for with Pause. */
  readonly pausing: boolean
  /** What the session ends with once the station has agreed to stop. */
  readonly endAs?: EndReason | undefined
}

/** A car's session in a protocol of the first generation. */
export interface EvccSession {
  readonly name: EvccStateName
  readonly ended: EndReason | undefined
  readonly dialect: Dialect
  readonly options: EvccOptions
  readonly sessionId: Uint8Array
  readonly facts: CarFacts
  readonly car: CarView
  readonly waitsFor: 'response' | 'pace' | 'choice'
}

export type EvccOutputs = readonly Output<CarTold>[]

/** What a response leads to. */
export interface Move {
  readonly next: EvccStateName
  readonly told?: readonly CarTold[]
  readonly facts?: Partial<CarFacts>
  readonly car?: Partial<CarView>
  readonly timers?: EvccOutputs
  readonly sessionId?: Uint8Array
}
