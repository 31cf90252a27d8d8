import { amperes, milliseconds, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../../site/index.ts'
import {
  type FullSiteCar,
  type FullSiteNode,
  type FullSiteProblem,
  microsPerKw,
  type PhaseConnection,
  type PhaseSwitching,
  perMille,
} from '../full-site-problem.ts'

type Random = () => number
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

/** What a random site may have beside prices, nested limits, building and sun. */
export interface Ingredients {
  readonly demandCharge?: boolean
  readonly steps?: boolean
  readonly phases?: boolean
  readonly switching?: boolean
  /** Some of the cars that are switched may not be at any time. */
  readonly holding?: boolean
  readonly pauses?: boolean
  readonly giving?: boolean
  /** Needs that fit easily; otherwise some cannot be met. */
  readonly isRoomy?: boolean
  readonly cars?: number
}

const CONNECTIONS: readonly PhaseConnection[] = ['L1', 'L2', 'L3', 'three', 'three']

/** How long one or three phases are kept, and since when. */
const holdOf = (random: Random): Omit<PhaseSwitching, 'switchable'> => {
  const leastHold = whole(random, 2, 4)
  return random() < 0.5 ? { leastHold } : { leastHold, inUse: random() < 0.5 ? 1 : 3, heldFor: whole(random, 0, leastHold) }
}

const connectionOf = (random: Random, { phases, switching, holding }: Ingredients): { connection?: PhaseConnection } => {
  if (switching && random() < 0.4) return { connection: { switchable: 'L2', ...(holding && random() < 0.7 ? holdOf(random) : {}) } }
  return phases ? { connection: CONNECTIONS[whole(random, 0, 4)]! } : {}
}

const powersOf = (random: Random, { steps }: Ingredients, connection: PhaseConnection = 'three') => {
  const phases = connection === 'three' || typeof connection === 'object' ? 3 : 1
  if (!steps) return { maxPower: watts(whole(random, 1_000, 11_000)) }
  if (random() < 0.3) return { maxPower: watts(whole(random, 4_200, 11_000)), leastPower: watts(whole(random, 500, 4_200)) }
  const most = whole(random, 10, 32)
  const current = { least: amperes(6), most: amperes(most), step: amperes(whole(random, 1, 3)), volts: volts(230) }
  return { maxPower: watts(most * 230 * phases), current }
}

const givingOf = (random: Random, need: number) => {
  const stored = whole(random, 5_000, 30_000)
  return {
    maxPower: watts(whole(random, 2_000, 10_000)),
    efficiencyIn: perMille(whole(random, 880, 1_000)),
    efficiencyOut: perMille(whole(random, 880, 1_000)),
    wearPerKwh: microsPerKwh(whole(random, 0, 60_000)),
    stored: wattHours(stored),
    leastStored: wattHours(whole(random, 0, stored)),
    mostStored: wattHours(stored + need + whole(random, 0, 20_000)),
  }
}

export const randomFullCar = (
  random: Random,
  site: { readonly slots: number; readonly nodes: number },
  ingredients: Ingredients,
): FullSiteCar => {
  const arriveSlot = whole(random, 0, Math.floor(site.slots / 2))
  const departSlot = whole(random, arriveSlot + Math.min(3, site.slots - arriveSlot), site.slots)
  const connection = connectionOf(random, ingredients)
  const powers = powersOf(random, ingredients, connection.connection)
  const fits = Math.floor(powers.maxPower * (departSlot - arriveSlot) * 0.25)
  const need = whole(random, 0, Math.floor(fits * (ingredients.isRoomy ? 0.6 : 1.1)))
  const isGiving = ingredients.giving === true && typeof connection.connection !== 'object' && random() < 0.5
  const pauses = ingredients.pauses && !isGiving && random() < 0.6 ? { mostPauses: whole(random, 0, 2), leastRun: whole(random, 1, 3) } : {}
  return {
    ...{ arriveSlot, departSlot, need: wattHours(need), node: whole(random, 0, site.nodes - 1) },
    ...{ ...connection, ...powers, ...pauses },
    ...(isGiving ? { vehicleToGrid: givingOf(random, need) } : {}),
  }
}

const randomNode = (
  random: Random,
  index: number,
  at: { readonly slots: number; readonly cars: number; readonly ingredients: Ingredients },
): FullSiteNode => {
  const scale = (index === 0 ? 5_000 : 3_500) * at.cars * (at.ingredients.isRoomy ? 1.3 : 0.8)
  const limit = () => watts(whole(random, scale / 2, scale))
  const others = () => watts(whole(random, 0, scale / 12))
  const phases =
    at.ingredients.phases && random() < 0.7
      ? { phases: { limit: amperes(scale / 900), volts: volts(230), others: [others(), others(), others()] as const } }
      : {}
  return {
    ...(index === 0 ? {} : { parent: whole(random, 0, index - 1) }),
    limit: random() < 0.5 ? limit() : times(at.slots, limit),
    ...phases,
  }
}

/** A small site with a building, the sun, and what is asked for. */
export const randomFullSite = (random: Random, ingredients: Ingredients = {}): FullSiteProblem => {
  const slots = whole(random, 4, 12)
  const count = ingredients.cars ?? whole(random, 2, 8)
  const nodes = times(whole(random, 1, 4), (index) => randomNode(random, index, { slots, cars: count, ingredients }))
  const pricePerKwh = times(slots, () => microsPerKwh(whole(random, 100_000, 400_000)))
  return {
    slotLength: milliseconds(900_000),
    pricePerKwh,
    nodes,
    cars: times(count, () => randomFullCar(random, { slots, nodes: nodes.length }, ingredients)),
    load: times(slots, () => watts(whole(random, 0, 3_000))),
    solar: {
      power: times(slots, () => watts(whole(random, 0, 9_000))),
      feedInPerKwh: pricePerKwh.map((price) => microsPerKwh(Math.floor(price * 0.3))),
    },
    exportLimit: watts(whole(random, 0, 10_000)),
    ...(ingredients.demandCharge
      ? { demandCharge: { pricePerKw: microsPerKw(whole(random, 0, 400_000)), peakSoFar: watts(whole(random, 0, 8_000)) } }
      : {}),
  }
}

/** A small site with any of the ingredients. */
export const mixedFullSite = (random: Random): FullSiteProblem => {
  const flag = () => random() < 0.5
  const [giving, phases, steps, switching, pauses, demandCharge, isRoomy] = [flag(), flag(), flag(), flag(), flag(), flag(), flag()]
  const cars = 1 + Math.floor(random() * 9)
  return randomFullSite(random, { giving, phases, steps, switching: phases && switching, pauses, demandCharge, isRoomy, cars })
}
