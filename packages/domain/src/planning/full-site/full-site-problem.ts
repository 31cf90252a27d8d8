import type { Amperes, Milliseconds, Quantity, Volts, WattHours, Watts } from '@voltway/units'
import type { MicrosPerKwh, SiteFault } from '../site/index.ts'

/** Millionths of a currency unit for one kW of the highest power of a billing period; whole numbers. */
export type MicrosPerKw = Quantity<'micros/kW'>
export const microsPerKw = (value: number) => value as MicrosPerKw

/** Thousandths: 950 is 95 %. */
export type PerMille = Quantity<'‰'>
export const perMille = (value: number) => value as PerMille

export type Phase = 'L1' | 'L2' | 'L3'
export const PHASES: readonly Phase[] = ['L1', 'L2', 'L3']

/** Most current in each of three phases; in W that is `limit * volts` for each. */
export interface PhaseLimit {
  /** One limit for all slots, or one for each; whole or not, the same for L1, L2 and L3. */
  readonly limit: Amperes | readonly Amperes[]
  /** Nominal, from a phase to neutral; a whole number. */
  readonly volts: Volts
  /** What is not planned draws so much from L1, L2 and L3 in all slots; nothing when left out. */
  readonly others?: readonly [Watts, Watts, Watts] | undefined
}

/** Something that limits the sum of all that charges below it: an EVSE, a panel, a feeder, the site. */
export interface FullSiteNode {
  /** Its place in `nodes`, before this one; undefined for the site itself, which is the first. */
  readonly parent?: number | undefined
  /**
   * One limit for all slots, or one for each; a demand-response event is a lower one. It holds in both directions: what cars give
   * back passes the same cable. At the site the building's load is below it too.
   */
  readonly limit: Watts | readonly Watts[]
  readonly phases?: PhaseLimit | undefined
}

/** Current that an EVSE can signal: `least`, then in steps, to `most`; whole amperes. Below `least` a car must pause. */
export interface CurrentSteps {
  readonly least: Amperes
  readonly most: Amperes
  readonly step: Amperes
  /** Nominal, from a phase to neutral; a whole number. Power is current times volts times phases in use. */
  readonly volts: Volts
}

/**
 * A car whose EVSE can switch it between one phase and three. Phases are said for every slot of its window, also for those in which it
 * pauses: a switch is a slot that has other phases than the one before.
 */
export interface PhaseSwitching {
  /** From which it draws when it uses one. */
  readonly switchable: Phase
  /** From one switch to the next there are at least so many slots; 1 when left out. Contactors wear, and each switch is a short pause. */
  readonly leastHold?: number | undefined
  /** Phases in use before its window: other ones in its first slot are a switch. Left out, it may begin with either. */
  readonly inUse?: 1 | 3 | undefined
  /** In so many slots from its first on it may not be switched yet, since it was before; beside `inUse`. */
  readonly heldFor?: number | undefined
}

/** How a car draws from the phases: from one, evenly from three, or from one or three as the plan chooses in each slot. */
export type PhaseConnection = Phase | 'three' | PhaseSwitching

/** A car that can give energy back to the site, the building or the grid. */
export interface VehicleToGrid {
  /** Most that it gives, metered at the EVSE. Giving is in whole W, without steps. */
  readonly maxPower: Watts
  /** What is stored of a metered Wh. */
  readonly efficiencyIn: PerMille
  /** What is metered of a Wh that leaves the battery. */
  readonly efficiencyOut: PerMille
  /** Wear of the battery, for each kWh given as metered. */
  readonly wearPerKwh: MicrosPerKwh
  /** In the battery on arrival. */
  readonly stored: WattHours
  /** Never less than this is in the battery; at most `stored`. */
  readonly leastStored: WattHours
  /** Never more: its capacity, or less to spare it; at least `stored`. */
  readonly mostStored: WattHours
}

export interface FullSiteCar {
  /** First slot in which it can charge. */
  readonly arriveSlot: number
  /** The slot before which it leaves. */
  readonly departSlot: number
  /**
   * Asked for by departure, metered; a whole number, may be zero. With `vehicleToGrid` it is what the battery must have gained
   * by then: the driver's guarantee is `stored + need`. Where steps cannot make it exactly, the plan gives up to a step more.
   */
  readonly need: WattHours
  /** The least of EVSE, cable and car, with all phases in use. Switched to one phase without `current`, a third of it and of `leastPower`. */
  readonly maxPower: Watts
  /** Where it is plugged in: a place in `nodes`. */
  readonly node: number
  /** `three` when left out; of use only below nodes with limits by phase, and for what steps are worth. */
  readonly connection?: PhaseConnection | undefined
  /** Left out, any whole W can be signalled. */
  readonly current?: CurrentSteps | undefined
  /** Below this it must pause; for EVSEs that are set in W. Not beside `current`. */
  readonly leastPower?: Watts | undefined
  /** How often it may stop and start again before its need is met; any number of times when left out. Not with `vehicleToGrid`. */
  readonly mostPauses?: number | undefined
  /** Once started, it charges for at least so many slots. Not with `vehicleToGrid`. */
  readonly leastRun?: number | undefined
  /** 0 to 9; where not all can be served, a kWh that a car lacks counts `1 + priority` times. */
  readonly priority?: number | undefined
  readonly vehicleToGrid?: VehicleToGrid | undefined
}

/** Panels behind the meter. What nobody uses is fed in; it relieves the limits of the site, evenly on its phases. */
export interface SolarOutput {
  /** Produced in each slot: the load of the building is not yet taken off. */
  readonly power: readonly Watts[]
  /** In each slot; at most the price of import there. Also what energy given back to the grid by cars earns. */
  readonly feedInPerKwh: readonly MicrosPerKwh[]
}

/** Paid for the highest import in a billing period; beside the peak so far, only what is above it costs. */
export interface DemandCharge {
  readonly pricePerKw: MicrosPerKw
  readonly peakSoFar: Watts
}

/**
 * A site with all that links and bills know: many cars under nested limits in W and in A by phase, a building, the sun, prices
 * by time and for the peak, currents in steps, and cars that give back. Powers are constant within a slot and whole W.
 */
export interface FullSiteProblem {
  readonly slotLength: Milliseconds
  /** The price of import in each slot; as many as there are slots. A demand-response event may be a dearer one. */
  readonly pricePerKwh: readonly MicrosPerKwh[]
  readonly nodes: readonly FullSiteNode[]
  readonly cars: readonly FullSiteCar[]
  /** What the building takes in each slot, whatever is planned; evenly on its phases. */
  readonly load?: readonly Watts[] | undefined
  readonly solar?: SolarOutput | undefined
  readonly demandCharge?: DemandCharge | undefined
  /** Most that cars may raise the feed-in to; zero when left out, so that they serve the building and each other only. */
  readonly exportLimit?: Watts | undefined
  /**
   * What a kWh counts that a car lacks at departure; when left out, more than any way to deliver it could cost. It counts in whole steps
   * of the car's current, since no less could have been given.
   */
  readonly shortfallPerKwh?: MicrosPerKwh | undefined
}

/** One thing that is wrong with a problem, in the words of the lighter model: `cars[2].current.least`. */
export type FullSiteFault = SiteFault
