import { type Draft, roomFor, roomToGive, setPower, stepUp } from './draft.ts'
import { type FullModel, isHeld, pausesAtWill } from './full-model.ts'

/** Cars of a site whose power in a slot may be any of their steps, whatever they have in others; and scratch. */
export interface Repacking {
  readonly model: FullModel
  /** W that all their powers are a multiple of. */
  readonly unit: number
  readonly movable: readonly number[]
  /** Which of them are there, by slot. */
  readonly present: readonly (readonly number[])[]
  /** Most that is won by each number of units, and the powers that win it, by car. */
  readonly won: Float64Array
  readonly next: Float64Array
  readonly picks: readonly Int32Array[]
}

/** More units than this in one slot are not worth the time. */
const MOST_UNITS = 512

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** @returns undefined where no car can be moved so, or their steps are too fine against the site's limit */
export const openRepacking = (model: FullModel): Repacking | undefined => {
  const { cars, siteMost, slots } = model
  const movable = [...cars.keys()].filter((index) => {
    const car = cars[index]!
    return car.need > 0 && !car.battery && pausesAtWill(car) && !isHeld(car)
  })
  if (movable.length === 0) return undefined
  const unit = movable.flatMap((index) => cars[index]!.modes.flatMap(({ least, step }) => [least, step])).reduce(divisor)
  const most = siteMost.reduce((top, room) => Math.max(top, Math.floor(room / unit)), 0)
  if (most > MOST_UNITS) return undefined
  const present = Array.from({ length: slots }, (_, slot) =>
    movable.filter((index) => cars[index]!.arrive <= slot && cars[index]!.depart > slot),
  )
  return {
    ...{ model, unit, movable, present },
    won: new Float64Array(most + 1),
    next: new Float64Array(most + 1),
    picks: cars.map(() => new Int32Array(most + 1)),
  }
}

/** What a W is worth to each car, as far as it lacks some; and what each still lacks, negative where it has more than it needs. */
export interface Wants {
  readonly worth: Float64Array
  readonly lacking: Float64Array
}

const placeOf = ({ cars }: FullModel, { offsets }: Draft, at: { readonly car: number; readonly slot: number }): number =>
  offsets[at.car]! + at.slot - cars[at.car]!.arrive

/** Adds the powers of one car to what is won by those before it. */
const addCar = (
  packing: Repacking,
  wants: Wants,
  at: { readonly car: number; readonly top: number; readonly slot: number; readonly draft: Draft },
): void => {
  const { model, unit, won, next, picks } = packing
  const { car, top } = at
  const own = picks[car]!.fill(0, 0, top + 1)
  const [lacking, worth] = [wants.lacking[car]!, wants.worth[car]!]
  if (lacking <= 0) return
  next.set(won.subarray(0, top + 1))
  const { modes } = model.cars[car]!
  for (const [index, mode] of modes.entries()) {
    const room = roomFor(model, at.draft, { node: model.cars[car]!.node, slot: at.slot, kind: mode.kind, peak: Number.POSITIVE_INFINITY })
    const most = Math.min(top * unit, stepUp(mode, lacking), room)
    for (let watts = mode.least; watts <= most; watts += mode.step) {
      const [units, gain] = [watts / unit, worth * Math.min(watts, lacking)]
      for (let all = units; all <= top; all++) {
        const sum = won[all - units]! + gain
        if (sum <= next[all]!) continue
        next[all] = sum
        own[all] = units * modes.length + index
      }
    }
  }
  won.set(next.subarray(0, top + 1))
}

/** How many units all of them together are best to take, at what the market asks. */
const bestUnits = ({ model, unit, won }: Repacking, at: { readonly slot: number; readonly grid: number; readonly top: number }): number => {
  const market = (watts: number) => watts * (watts > 0 ? model.imported[at.slot]! : model.fedIn[at.slot]!)
  let [best, gain] = [0, Number.NEGATIVE_INFINITY]
  for (let units = 0; units <= at.top; units++) {
    const found = won[units]! - market(at.grid + units * unit)
    if (found > gain) [best, gain] = [units, found]
  }
  return best
}

/** Whether all limits above a car hold in a slot: cars that give back may have relied on what it took. */
const holdsIn = (model: FullModel, draft: Draft, { car, slot }: { readonly car: number; readonly slot: number }): boolean => {
  const { node, modes } = model.cars[car]!
  const { kind } = modes.at(-1)!
  return (
    roomFor(model, draft, { node, slot, kind, peak: Number.POSITIVE_INFINITY }) >= 0 && roomToGive(model, draft, { node, slot, kind }) >= 0
  )
}

/**
 * Chooses the powers of some movable cars in one slot anew: of those that fit below the site's limit and `peak` together, the ones that
 * are worth most to them less what the slot costs. Where another limit does not hold then, all stays as it was.
 * @param wants what they lack is kept up to date
 */
export const repackSlot = (
  packing: Repacking,
  draft: Draft,
  at: { readonly slot: number; readonly cars: readonly number[]; readonly peak: number; readonly wants: Wants },
): void => {
  const { model, unit, won, picks } = packing
  const { slot, cars, peak, wants } = at
  const kept = cars.map((car) => {
    const place = placeOf(model, draft, { car, slot })
    return { car, watts: draft.power[place]!, mode: draft.mode[place]! }
  })
  const put = (car: number, mode: number, watts: number): void => {
    wants.lacking[car]! += draft.power[placeOf(model, draft, { car, slot })]! - watts
    setPower(model, draft, { car, slot, mode, watts })
  }
  for (const { car, mode, watts } of kept) if (watts > 0) put(car, mode, 0)
  const grid = model.base[slot]! + draft.load[slot]!
  const top = Math.floor(Math.min(model.siteMost[slot]! - draft.load[slot]!, peak - grid) / unit)
  if (top > 0) {
    won.fill(Number.NEGATIVE_INFINITY, 0, top + 1)
    won[0] = 0
    for (const car of cars) addCar(packing, wants, { car, top, draft, slot })
    let left = bestUnits(packing, { slot, grid, top })
    for (const car of cars.toReversed()) {
      const chosen = picks[car]![left]!
      const { length } = model.cars[car]!.modes
      const units = Math.floor(chosen / length)
      if (units > 0) put(car, chosen % length, units * unit)
      left -= units
    }
  }
  if (cars.every((car) => holdsIn(model, draft, { car, slot }))) return
  for (const { car, mode } of kept) put(car, mode, 0)
  for (const { car, mode, watts } of kept) if (watts > 0) put(car, mode, watts)
}
