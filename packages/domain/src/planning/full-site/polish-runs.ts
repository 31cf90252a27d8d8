import { stepDown } from './draft.ts'
import type { ModelCar } from './full-model.ts'

/** What a slot offers a car whose runs are limited; `most` is 0 where it cannot charge. */
export interface RunOffer {
  readonly mode: number
  readonly least: number
  readonly most: number
  /** Of a kWh, at the most power. */
  readonly price: number
  /** The W up to which the sun does for it, and the price of a kWh below and above. */
  readonly turn: number
  readonly low: number
  readonly high: number
}

/** A power of a slot above its least, which can be left out: the dearer part first. */
interface Piece {
  readonly at: number
  readonly watts: number
  readonly price: number
}

/** A set of slots being looked at. */
interface Runs {
  readonly car: ModelCar
  readonly offers: readonly RunOffer[]
  /** From the dearest on. */
  readonly pieces: readonly Piece[]
  /** What the pieces leave of each slot's power. */
  readonly power: Int32Array
  readonly isOn: Uint8Array
}

const piecesOf = (car: ModelCar, offers: readonly RunOffer[]): readonly Piece[] =>
  offers
    .flatMap(({ mode, least, most, turn, low, high }, at) => {
      // Where the sun does for more than there is room for, all of it is the cheap part.
      const middle = Math.min(most, Math.max(least, stepDown(car.modes[mode]!, turn)))
      return [
        { at, watts: most - middle, price: high },
        { at, watts: middle - least, price: low },
      ]
    })
    .filter(({ watts }) => watts > 0)
    .sort((a, b) => b.price - a.price || b.at - a.at)

const costOfSlot = ({ turn, low, high }: RunOffer, watts: number): number => Math.min(watts, turn) * low + Math.max(0, watts - turn) * high

/** Least cost of charging in just these slots, or infinite where they hold too little, or cannot hold so little; its powers stay. */
const costOf = ({ car, offers, pieces, isOn, power }: Runs): number => {
  let over = -car.need
  for (let at = 0; at < isOn.length; at++) {
    power[at] = isOn[at] === 1 ? offers[at]!.most : 0
    over += power[at]!
  }
  if (over < 0) return Number.POSITIVE_INFINITY
  for (const { at, watts } of pieces) {
    if (over === 0) break
    if (isOn[at] === 0) continue
    const { step } = car.modes[offers[at]!.mode]!
    const less = Math.floor(Math.min(over, watts) / step) * step
    power[at]! -= less
    over -= less
  }
  if (over > car.most - car.need) return Number.POSITIVE_INFINITY
  let cost = 0
  for (let at = 0; at < isOn.length; at++) if (power[at]! > 0) cost += costOfSlot(offers[at]!, power[at]!)
  return cost
}

const areAllowed = ({ car, offers, isOn }: Runs): boolean => {
  let [runs, length] = [0, 0]
  for (let at = 0; at <= isOn.length; at++) {
    if (at < isOn.length && isOn[at] === 1) {
      if (offers[at]!.most === 0) return false
      if (length++ === 0) runs++
    } else {
      if (length > 0 && length < car.leastRun) return false
      length = 0
    }
  }
  return runs <= car.mostRuns
}

/** Slots at which a run begins or ends, and those next to them. */
const edgesOf = (isOn: Uint8Array): readonly number[] => {
  const edges: number[] = []
  for (let at = 0; at < isOn.length; at++)
    if ((at > 0 && isOn[at] !== isOn[at - 1]) || (at + 1 < isOn.length && isOn[at] !== isOn[at + 1])) edges.push(at)
  if (isOn[0] === 1) edges.push(0)
  if (isOn.at(-1) === 1) edges.push(isOn.length - 1)
  return edges
}

/** The best of all sets that differ at one edge or at two; changed in place. @returns its cost */
const stepOnce = (runs: Runs, cost: number): number => {
  const { isOn } = runs
  const edges = edgesOf(isOn)
  let best = { cost, a: -1, b: -1 }
  const flip = (at: number) => {
    isOn[at]! ^= 1
  }
  for (let first = 0; first < edges.length; first++) {
    flip(edges[first]!)
    for (let second = first; second < edges.length; second++) {
      // The first with itself stands for the first alone.
      if (second > first) flip(edges[second]!)
      const other = areAllowed(runs) ? costOf(runs) : Number.POSITIVE_INFINITY
      if (other < best.cost) best = { cost: other, a: edges[first]!, b: second > first ? edges[second]! : -1 }
      if (second > first) flip(edges[second]!)
    }
    flip(edges[first]!)
  }
  if (best.a >= 0) flip(best.a)
  if (best.b >= 0) flip(best.b)
  return best.cost
}

const MOST_STEPS = 20

/**
 * Moves where runs begin and end, two edges at a time, while that makes them cheaper: prices alone choose runs well, but not to the slot.
 * @param power a choice that holds the need
 * @returns the cheapest powers found
 */
export const polishRuns = (car: ModelCar, offers: readonly RunOffer[], power: Int32Array): Int32Array => {
  const isOn = Uint8Array.from(power, (watts) => (watts > 0 ? 1 : 0))
  const runs: Runs = { car, offers, pieces: piecesOf(car, offers), power: new Int32Array(power.length), isOn }
  const before = power.reduce((sum, watts, at) => sum + (watts > 0 ? costOfSlot(offers[at]!, watts) : 0), 0)
  let cost = costOf(runs)
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = stepOnce(runs, cost)
    if (next >= cost) break
    cost = next
  }
  return costOf(runs) < before ? runs.power : power
}
