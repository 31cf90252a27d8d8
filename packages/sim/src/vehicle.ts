import type { EpochMs } from '@voltway/units'
import type { CarIdentity } from './cable/cable.ts'

/** What the EVSE can give at this moment. */
export interface Offer {
  readonly powerW: number
  readonly currentType: 'AC' | 'DC'
  readonly phases: 1 | 3
}
export interface MeteredEnergy {
  readonly importWh: number
  readonly exportWh: number
}

/** What hangs on the cable: a car with a battery, or a recording of one. */
export interface Vehicle {
  readonly label: string
  readonly batteryWh: number | undefined
  readonly maxPowerW: number
  /** What it can give back; 0 for a car that only takes. */
  readonly maxDischargeW: number
  /** Who it says it is over its cable; undefined for one that does not speak ISO 15118. */
  readonly identity?: CarIdentity | undefined
  /** Keeps what it got over its cable, a contract, for the next time. */
  readonly keepIdentity?: (identity: CarIdentity) => void
  /** Given where it uses one phase only, also at an EVSE that has three. */
  readonly acPhases?: 1
  readonly socPercent: () => number | undefined
  /** What a meter at the cable would count until it has as much as it is to have, losses included; undefined where that is not known. */
  readonly lackingWh: (currentType: 'AC' | 'DC') => number | undefined
  /** What it would take of an offer now, in W; 0 when it wants nothing, negative when it gives back. */
  readonly wantedW: (at: EpochMs, offer: Offer) => number
  /** Lets it draw a constant power between two instants, and answers what the meter counted. */
  readonly draw: (span: { readonly from: EpochMs; readonly to: EpochMs }, powerW: number, currentType: 'AC' | 'DC') => MeteredEnergy
  /** The battery, or the driver's limit, is reached: a DC station ends the session then. */
  readonly isFull: () => boolean
  /** When its wish may change next; undefined when it will not. */
  readonly nextLook: (at: EpochMs) => EpochMs | undefined
  /** Asks a V2G car to give this much; 0 ends it. False when it cannot. */
  readonly giveBack: (powerW: number) => boolean
}
