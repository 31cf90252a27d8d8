import { seeded } from '@voltway/units'
import { clearCar, type Draft, holds, setPower } from './draft.ts'
import { lackOf } from './finish-plan.ts'
import type { BatteryFit } from './fit-battery.ts'
import type { FullModel } from './full-model.ts'
import type { Guide } from './guide.ts'
import { fitBelow } from './round-plan.ts'

/** What cars taken out together are put in again by. */
export interface GroupSearch {
  /** By prices of all limits. */
  readonly dual: Pick<Guide, 'table' | 'market' | 'peakPrice'>
  /** By what energy costs, limits left to the room that there is. */
  readonly plain: Pick<Guide, 'table' | 'market' | 'peakPrice'>
  readonly battery: BatteryFit
  /** How many times a car may be put in, in all. */
  readonly budget: number
}

const MOST_IN_GROUP = 5

const peakOf = ({ base, peakFree }: FullModel, { load }: Draft): { readonly watts: number; readonly slot: number } => {
  let [watts, slot] = [peakFree, -1]
  for (let at = 0; at < base.length; at++)
    if (base[at]! + load[at]! > watts) {
      watts = base[at]! + load[at]!
      slot = at
    }
  return { watts, slot }
}

/** All that a group of cars can change of the cost. */
const costOfGroup = (model: FullModel, draft: Draft, group: readonly number[]): number => {
  const { base, imported, fedIn, demand, cars, slots } = model
  let cost = demand * peakOf(model, draft).watts
  for (let slot = 0; slot < slots; slot++) {
    const grid = base[slot]! + draft.load[slot]!
    cost += grid * (grid > 0 ? imported[slot]! : fedIn[slot]!)
  }
  for (const index of group) {
    const { battery, shortfallPrice } = cars[index]!
    cost += lackOf(model, draft, index) * shortfallPrice
    for (let at = draft.offsets[index]!; battery && at < draft.offsets[index + 1]!; at++)
      cost -= Math.min(0, draft.power[at]!) * battery.wear
  }
  return cost
}

interface Kept {
  readonly power: Int32Array
  readonly mode: Uint8Array
}

const restore = (model: FullModel, draft: Draft, at: { readonly car: number; readonly kept: Kept }): void => {
  const { arrive } = model.cars[at.car]!
  for (const [place, watts] of at.kept.power.entries())
    setPower(model, draft, { car: at.car, slot: arrive + place, mode: at.kept.mode[place]!, watts })
}

/** Cars that are there together: with one that lacks something, with the peak, or at any time. */
const drawGroup = (
  model: FullModel,
  draft: Draft,
  at: { readonly random: () => number; readonly lacking: readonly number[] },
): readonly number[] => {
  const { cars } = model
  const { random, lacking } = at
  const any = () => Math.floor(random() * cars.length)
  const peak = peakOf(model, draft).slot
  const isForLacking = lacking.length > 0 && random() < 0.4
  const first = isForLacking ? lacking[Math.floor(random() * lacking.length)]! : any()
  const { arrive, depart } = cars[first]!
  const slot = !isForLacking && peak >= 0 && random() < 0.6 ? peak : arrive + Math.floor(random() * (depart - arrive))
  const size = 1 + Math.floor(random() * Math.min(MOST_IN_GROUP, cars.length))
  const group = new Set<number>(isForLacking ? [first] : [])
  for (let tries = 0; group.size < size && tries < 8 * size; tries++) {
    const car = any()
    if (cars[car]!.arrive > slot || cars[car]!.depart <= slot) continue
    // Cars at the same node are in each other's way.
    if (!isForLacking || tries > 4 * size || cars[car]!.node === cars[first]!.node) group.add(car)
  }
  return [...group]
}

/**
 * Takes a few cars out of a draft and puts them in again in another order, now by the prices of limits, now by those of energy, now
 * below the present peak; keeps what is not dearer. Pseudo-random from a fixed seed, so that a plan is always the same.
 */
export const searchGroups = (model: FullModel, draft: Draft, { dual, plain, battery, budget }: GroupSearch): void => {
  const random = seeded(model.cars.length)
  const lacking = [...model.cars.keys()].filter((car) => lackOf(model, draft, car) > 0)
  for (let used = 0; used < budget; ) {
    const group = drawGroup(model, draft, { random, lacking })
    used += Math.max(1, group.length)
    if (group.length === 0) continue
    const before = costOfGroup(model, draft, group)
    const kept = group.map((car): Kept => {
      const [from, to] = [draft.offsets[car]!, draft.offsets[car + 1]!]
      return { power: draft.power.slice(from, to), mode: draft.mode.slice(from, to) }
    })
    const { watts } = peakOf(model, draft)
    const share = random() < 0.5 ? 1 : 0.9 + 0.12 * random()
    const peak = model.demand === 0 ? Number.POSITIVE_INFINITY : Math.max(model.peakFree, watts * share)
    const by = random() < 0.4 ? dual : plain
    for (const car of group) clearCar(model, draft, car)
    for (const car of group) fitBelow({ ...by, model, draft, peak }, car, battery)
    if (costOfGroup(model, draft, group) <= before && group.every((car) => holds(model, draft, car))) continue
    for (const car of group) clearCar(model, draft, car)
    for (const [at, car] of group.entries()) restore(model, draft, { car, kept: kept[at]! })
  }
}
