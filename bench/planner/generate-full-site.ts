import type { FullSiteCar, FullSiteNode, FullSiteProblem, PhaseConnection } from '@voltway/domain/planning/full-site'
import { microsPerKw, perMille } from '@voltway/domain/planning/full-site'
import { microsPerKwh, type SiteCar } from '@voltway/domain/planning/site'
import { amperes, seeded, volts, wattHours, watts } from '@voltway/units'
import { generateSite } from './generate-site.ts'
import type { Stay } from './sessions.ts'

const VOLTS = volts(230)
const SLOTS = 96
/** Of a kWh, in micros: what feeding in pays, and what a battery's wear costs. */
const FEED_IN = 80_000
const WEAR = 40_000
/** For a kW of peak on the day that is planned: about 10 EUR a month. */
const DEMAND = 500_000
/** The same for the whole of a month, as it counts on a day that sets its peak. */
const WHOLE_DEMAND = 10_000_000

/** What a site has beside prices, nested limits, building, sun and demand charge. */
export interface FullSiteKind {
  readonly cars: number
  readonly seed: number
  /** Least current of 6 A, and whole amperes. */
  readonly hasSteps: boolean
  /** Limits by phase, single-phase cars, and cars that can be switched. */
  readonly hasPhases: boolean
  /** Half of the cars of 11 kW and more can be switched to one phase, each phase for half an hour at least; beside `hasPhases`. */
  readonly switches: boolean
  /** A third of the cars give back, with losses and wear. */
  readonly givesBack: boolean
  /** One car in twenty may pause once only. */
  readonly hasPauses: boolean
  /** The month's peak is still to be set, and costs all that it will. */
  readonly hasDearPeak: boolean
}

type Random = () => number

/** Half an hour, as stations are steered. */
const LEAST_HOLD = 2

const connectionOf = (car: SiteCar, { switches }: FullSiteKind, random: Random): PhaseConnection => {
  const dice = random()
  const phase = dice < 0.4 ? 'L1' : dice < 0.7 ? 'L2' : ('L3' as const)
  if (car.maxPower < 11_000) return phase
  if (switches) return random() < 0.5 ? { switchable: phase, leastHold: LEAST_HOLD } : 'three'
  return random() < 0.2 ? { switchable: phase } : 'three'
}

/** As many whole amperes as the car's power is worth on its phases. */
const stepsOf = (car: SiteCar, connection: PhaseConnection) => {
  const phases = typeof connection === 'string' && connection !== 'three' ? 1 : 3
  return { least: amperes(6), most: amperes(Math.max(6, Math.floor(car.maxPower / (VOLTS * phases)))), step: amperes(1), volts: VOLTS }
}

const givingOf = (car: SiteCar, random: Random): FullSiteCar['vehicleToGrid'] => {
  const capacity = Math.max(40_000, car.need + 10_000)
  const stored = 6_000 + Math.floor(random() * Math.max(1, capacity - car.need - 8_000))
  return {
    maxPower: car.maxPower,
    efficiencyIn: perMille(940),
    efficiencyOut: perMille(940),
    wearPerKwh: microsPerKwh(WEAR),
    stored: wattHours(stored),
    leastStored: wattHours(Math.min(stored, Math.floor(capacity * 0.15))),
    mostStored: wattHours(capacity),
  }
}

const carOf = (car: SiteCar, kind: FullSiteKind, random: Random): FullSiteCar => {
  const connection = kind.hasPhases ? connectionOf(car, kind, random) : 'three'
  const gives = kind.givesBack && typeof connection === 'string' && random() < 0.33
  const vehicleToGrid = gives ? { vehicleToGrid: givingOf(car, random) } : {}
  // A car that gives back stands on a DC EVSE, which is set in W.
  const power =
    kind.hasSteps && !gives ? { current: stepsOf(car, kind.hasPhases ? connection : car.maxPower < 11_000 ? 'L1' : 'three') } : {}
  const single = kind.hasSteps && !kind.hasPhases && !gives && car.maxPower < 11_000 ? { connection: 'L1' as const } : { connection }
  const pauses = kind.hasPauses && !gives && random() < 0.05 ? { mostPauses: 1, leastRun: 2 } : {}
  // Whole amperes and losses leave less than full power: a need that fits a window must still fit it.
  const need = wattHours(Math.min(car.need, Math.floor(0.85 * car.maxPower * 0.25 * (car.departSlot - car.arriveSlot))))
  return { ...car, need, ...single, ...power, ...vehicleToGrid, ...pauses }
}

const bell = (slot: number, noon: number, width: number): number => Math.exp(-(((slot - noon) / width) ** 2))

/** Current of the fullest phase of each node if every car charged at full power from its arrival on. */
const phasePeaks = (nodes: readonly FullSiteNode[], cars: readonly FullSiteCar[]): readonly number[] => {
  const load = nodes.map(() => new Float64Array(3 * SLOTS))
  for (const { arriveSlot, departSlot, need, maxPower, node, connection = 'three' } of cars) {
    const single = ['L1', 'L2', 'L3'].indexOf(typeof connection === 'string' ? connection : 'three')
    let left: number = need
    for (let slot = arriveSlot; slot < departSlot && left > 0; slot++) {
      const energy = Math.min(left, maxPower / 4)
      left -= energy
      for (let at: number | undefined = node; at !== undefined; at = nodes[at]!.parent)
        for (let phase = 0; phase < 3; phase++)
          if (single < 0 || single === phase) load[at]![phase * SLOTS + slot]! += (4 * energy) / (single < 0 ? 3 : 1) / VOLTS
    }
  }
  return load.map((row) => row.reduce((most, current) => Math.max(most, current), 0))
}

/** Limits by phase, at the same tightness as those in W: 70 % of the peak at the site, and room for the building; 90 % at a panel, and 40 A at least. */
const withPhases = (nodes: readonly FullSiteNode[], cars: readonly FullSiteCar[]): readonly FullSiteNode[] => {
  const peaks = phasePeaks(nodes, cars)
  return nodes.map((node, index) => {
    const share = index === 0 ? 0.8 : peaks[index]! > 0 ? 0.9 : 1
    return { ...node, phases: { limit: amperes(Math.max(40, Math.ceil(share * peaks[index]!))), volts: VOLTS } }
  })
}

/** A site of `generateSite` for one day from 06:00, with a building that works by day, the sun, a demand charge, and what else is asked for. */
export const generateFullSite = (stays: readonly Stay[], kind: FullSiteKind): FullSiteProblem => {
  const { slotLength, pricePerKwh, nodes, cars } = generateSite(stays, { cars: kind.cars, seed: kind.seed, isNested: true, levels: 96 })
  const random = seeded(kind.seed + 1_000)
  const site = nodes[0]!.limit as number
  const load = Array.from({ length: SLOTS }, (_, slot) => watts(Math.floor(site * (0.08 + 0.1 * bell(slot, 28, 16) + 0.01 * random()))))
  const power = Array.from({ length: SLOTS }, (_, slot) => watts(Math.floor(site * 0.5 * bell(slot, 28, 14) * (0.8 + 0.2 * random()))))
  const full = cars.map((car) => carOf(car, kind, random))
  const limits = nodes.map((node, index) => (index === 0 ? { ...node, limit: watts(Math.floor(site * 1.1)) } : node))
  return {
    slotLength,
    pricePerKwh,
    nodes: kind.hasPhases ? withPhases(limits, full) : limits,
    cars: full,
    load,
    solar: { power, feedInPerKwh: pricePerKwh.map(() => microsPerKwh(FEED_IN)) },
    demandCharge: kind.hasDearPeak
      ? { pricePerKw: microsPerKw(WHOLE_DEMAND), peakSoFar: watts(0) }
      : { pricePerKw: microsPerKw(DEMAND), peakSoFar: watts(Math.floor(site * 0.3)) },
    exportLimit: watts(Math.floor(site * 0.5)),
  }
}
