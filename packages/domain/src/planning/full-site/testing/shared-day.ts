import { amperes, milliseconds, seeded, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../../site/index.ts'
import { type FullSiteProblem, microsPerKw, PHASES, type PhaseConnection } from '../full-site-problem.ts'

/** EUR/MWh by hour: half a day. */
const DAY_AHEAD = [72, 88, 96, 84, 66, 55, 47, 42, 45, 54, 66, 81]

/**
 * Half a day of a car park on alternating current: two cars to a post, 6 A at least in whole amperes, a building, the sun, and a price of
 * the peak that is worth more than all energy.
 */
export const sharedDay = (count: number, seed: number): FullSiteProblem => {
  const random = seeded(seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const prices = Array.from({ length: 4 * DAY_AHEAD.length }, (_, slot) => microsPerKwh(150_000 + 1_000 * DAY_AHEAD[slot >> 2]! + slot))
  const noon = (slot: number) => Math.exp(-(((slot - 16) / 12) ** 2))
  const cars = Array.from({ length: count }, (_, index) => {
    const connection: PhaseConnection = random() < 0.6 ? 'three' : PHASES[whole(0, 2)]!
    const [most, unit] = [whole(10, 32), connection === 'three' ? 690 : 230]
    const arriveSlot = random() < 0.4 ? 0 : whole(0, 24)
    const departSlot = Math.min(prices.length, arriveSlot + whole(6, 36))
    const need = wattHours(Math.floor(Math.min(0.2 * most * unit * (departSlot - arriveSlot), whole(3_000, 30_000))))
    const current = { least: amperes(6), most: amperes(most), step: amperes(1), volts: volts(230) }
    return { arriveSlot, departSlot, need, maxPower: watts(most * unit), node: 1 + (index >> 1), connection, current }
  })
  return {
    slotLength: milliseconds(900_000),
    pricePerKwh: prices,
    nodes: [{ limit: watts(count * 5_000) }, ...Array.from({ length: Math.ceil(count / 2) }, () => ({ parent: 0, limit: watts(22_000) }))],
    cars,
    load: prices.map((_, slot) => watts(Math.floor(count * 500 * (0.5 + noon(slot)) * (0.9 + 0.2 * random())))),
    solar: {
      power: prices.map((_, slot) => watts(Math.floor(count * 1_500 * noon(slot)))),
      feedInPerKwh: prices.map(() => microsPerKwh(80_000)),
    },
    demandCharge: { pricePerKw: microsPerKw(9_000_000), peakSoFar: watts(0) },
  }
}
