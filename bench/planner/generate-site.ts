import { microsPerKwh, type SiteCar, type SiteNode, type SiteProblem } from '@voltway/domain/planning/site'
import { milliseconds, seeded, wattHours, watts } from '@voltway/units'
import type { Stay } from './sessions.ts'

const SLOTS = 96
const SLOT_MINUTES = 15
const PANELS = 32
const FEEDERS = 4
/** Most power of a car in W, with its share. */
const POWERS = [
  [3_700, 0.1],
  [7_400, 0.35],
  [11_000, 0.4],
  [22_000, 0.15],
] as const
/** Limits against the peak that the cars below a node would have, uncontrolled. */
const TIGHTNESS = { site: 0.7, feeder: 0.8, panel: 0.9 }
/** EUR/MWh by hour from 06:00: the shape of a day ahead in Germany, with its morning, its noon and its evening. */
const DAY_AHEAD = [72, 88, 96, 84, 66, 55, 47, 42, 45, 54, 66, 81, 99, 121, 128, 115, 97, 85, 78, 71, 65, 62, 60, 63]

export interface SiteKind {
  readonly cars: number
  readonly seed: number
  /** Panels and feeders below the site, or the site alone. */
  readonly isNested: boolean
  /** A price an hour, or one a quarter of an hour. */
  readonly levels: 24 | 96
}

const drawCar = (stay: Stay, random: () => number, firstPanel: number): SiteCar => {
  const arriveSlot = Math.min(SLOTS - 1, Math.max(0, Math.floor((stay.arrival + 30 * random() - 15) / SLOT_MINUTES)))
  const departSlot = Math.min(
    SLOTS,
    Math.max(arriveSlot + 1, Math.floor((stay.arrival + stay.minutes + 30 * random() - 15) / SLOT_MINUTES)),
  )
  const dice = random()
  const [power] = POWERS.find((_, index) => dice < POWERS.slice(0, index + 1).reduce((sum, [, share]) => sum + share, 0)) ?? POWERS[3]
  const most = 0.95 * (departSlot - arriveSlot) * power * (SLOT_MINUTES / 60)
  const need = Math.max(100, Math.floor(Math.min(stay.kWh * 1_000 * (1 + 0.5 * random()), most)))
  const node = firstPanel + (firstPanel === 0 ? 0 : Math.floor(random() * PANELS))
  return { arriveSlot, departSlot, need: wattHours(need), maxPower: watts(power), node }
}

/** Peak in W of each node if every car charged at full power from its arrival on. */
export const uncontrolledPeaks = (cars: readonly SiteCar[], parents: readonly (number | undefined)[]): readonly number[] => {
  const load = parents.map(() => new Float64Array(SLOTS))
  for (const { arriveSlot, departSlot, need, maxPower, node } of cars) {
    let left: number = need
    for (let slot = arriveSlot; slot < departSlot && left > 0; slot++) {
      const energy = Math.min(left, (maxPower * SLOT_MINUTES) / 60)
      left -= energy
      for (let at: number | undefined = node; at !== undefined; at = parents[at]) load[at]![slot]! += (energy * 60) / SLOT_MINUTES
    }
  }
  return load.map((slots) => slots.reduce((most, power) => Math.max(most, power), 0))
}

/**
 * A site for one day from 06:00 in quarters of an hour: stays drawn with a jitter of 15 minutes, energy up to half as much
 * again but at most 95 % of the window, limits as a share of the uncontrolled peak of every node.
 */
export const generateSite = (stays: readonly Stay[], { cars: count, seed, isNested, levels }: SiteKind): SiteProblem => {
  const random = seeded(seed)
  const panels = isNested ? Array.from({ length: PANELS }, (_, panel) => 1 + Math.floor((panel * FEEDERS) / PANELS)) : []
  const parents = [undefined, ...(isNested ? Array.from({ length: FEEDERS }, () => 0) : []), ...panels]
  const firstPanel = isNested ? 1 + FEEDERS : 0
  const cars = Array.from({ length: count }, () => drawCar(stays[Math.floor(random() * stays.length)]!, random, firstPanel))
  const peaks = uncontrolledPeaks(cars, parents)
  const nodes = parents.map((parent, node): SiteNode => {
    const share = node === 0 ? TIGHTNESS.site : node < firstPanel ? TIGHTNESS.feeder : TIGHTNESS.panel
    return { parent, limit: watts(Math.max(22_000, Math.floor((share * peaks[node]!) / 4) * 4)) }
  })
  const pricePerKwh = Array.from({ length: SLOTS }, (_, slot) => {
    const jitter = levels === 96 ? Math.floor(100 * random()) : 0
    return microsPerKwh(150_000 + DAY_AHEAD[Math.floor(slot / 4)]! * 1_000 + jitter)
  })
  return { slotLength: milliseconds(SLOT_MINUTES * 60_000), pricePerKwh, nodes, cars }
}
