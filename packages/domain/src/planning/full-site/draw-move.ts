import { type Draft, stepDown, stepUp } from './draft.ts'
import type { FullModel, Mode, ModelCar, ModelHold } from './full-model.ts'

/** New powers of one car in some slots of its own: what it gets in all stays as much as it must. */
export interface Move {
  readonly car: number
  readonly changes: readonly Change[]
}

export interface Change {
  readonly slot: number
  readonly mode: number
  readonly watts: number
}

/** A draft that moves are drawn for. */
export interface Moving {
  readonly model: FullModel
  readonly draft: Draft
  readonly random: () => number
  /** That import should not pass. */
  readonly target: number
  /** What each car gets now: W over a slot; of a battery what is stored at departure. */
  readonly given: Float64Array
  /** What it is to keep of that: what it needs, or all where that is less. */
  readonly floor: Float64Array
}

/** What a car has more after a slot with so many W, as `given` counts it. */
export const gainOf = ({ battery }: ModelCar, watts: number): number => {
  if (!battery) return watts
  return watts * (watts > 0 ? battery.into : battery.out)
}

/** A whole power of a mode that is near some W: nothing below its least, and giving as far as the car can. */
const powerNear = (car: ModelCar, mode: Mode, watts: number): number => {
  if (watts > 0) return stepDown(mode, watts)
  return car.battery ? -Math.min(car.battery.give, Math.floor(-watts)) : 0
}

/** The least power that gains at least so much; undefined where the car has none. */
const leastGaining = (car: ModelCar, mode: Mode, gain: number): number | undefined => {
  if (gain <= 0) {
    if (!car.battery) return 0
    return -Math.min(car.battery.give, Math.floor(-gain / car.battery.out))
  }
  const wanted = car.battery ? Math.ceil(gain / car.battery.into) : gain
  const watts = stepUp(mode, wanted)
  return watts < wanted ? undefined : watts
}

/** How often a power is set to nothing or the least, to what the target leaves, or to where import begins; else it is changed by any amount. */
const ON_OFF = 0.2
const TO_TARGET = 0.35
const TO_SUN = 0.45

const drawPower = (at: Moving, car: ModelCar, from: { readonly slot: number; readonly mode: Mode; readonly watts: number }): number => {
  const { model, draft, random, target } = at
  const { slot, mode, watts } = from
  const grid = model.base[slot]! + draft.load[slot]!
  const dice = random()
  if (dice < ON_OFF) return watts === 0 ? mode.least : 0
  if (dice < TO_TARGET && target < Number.POSITIVE_INFINITY) return powerNear(car, mode, watts + target - grid)
  if (dice < TO_SUN) return powerNear(car, mode, watts - grid)
  const size = Math.max(mode.step, Math.ceil((mode.most * random() ** 3) / mode.step) * mode.step)
  if (watts === 0 && !car.battery) return powerNear(car, mode, mode.least + size - mode.step)
  return powerNear(car, mode, watts + (random() < 0.5 ? -size : size))
}

/** Another power in one slot, and in another slot what makes up for it. */
const drawShift = (at: Moving, index: number): Move | undefined => {
  const { model, draft, random, given, floor } = at
  const car = model.cars[index]!
  const window = car.depart - car.arrive
  const slot = car.arrive + Math.floor(random() * window)
  const other = car.arrive + ((slot - car.arrive + 1 + Math.floor(random() * (window - 1))) % window)
  const first = draft.offsets[index]! - car.arrive
  const [before, mode] = [draft.power[first + slot]!, draft.mode[first + slot]!]
  const watts = drawPower(at, car, { slot, mode: car.modes[mode]!, watts: before })
  if (watts === before) return undefined
  return balanced(at, index, {
    changes: [{ slot, mode, watts }],
    other,
    spare: given[index]! + gainOf(car, watts) - gainOf(car, before) - floor[index]!,
  })
}

/** A move with what makes up for it in another slot: the car keeps its floor, and gets no more than it may. */
const balanced = (
  { model, draft, given, floor }: Moving,
  index: number,
  at: { readonly changes: readonly Change[]; readonly other: number; readonly spare: number },
): Move | undefined => {
  const car = model.cars[index]!
  const place = draft.offsets[index]! + at.other - car.arrive
  const [before, mode] = [draft.power[place]!, draft.mode[place]!]
  const watts = leastGaining(car, car.modes[mode]!, gainOf(car, before) - at.spare)
  if (watts === undefined) return undefined
  const gets = floor[index]! + at.spare + gainOf(car, watts) - gainOf(car, before)
  if (!car.battery && gets > Math.max(car.most, given[index]!)) return undefined
  return { car: index, changes: watts === before ? at.changes : [...at.changes, { slot: at.other, mode, watts }] }
}

/** So many slots more than it must be a range of slots is switched together, at most. */
const WIDER = 3

/** Another number of phases in a few slots, powers as near as they can be, and in another slot what makes up for it. */
const drawSwitch = (at: Moving, index: number, hold: ModelHold): Move | undefined => {
  const { model, draft, random, given, floor } = at
  const car = model.cars[index]!
  const first = draft.offsets[index]! - car.arrive
  const from = car.arrive + Math.floor(random() * (car.depart - car.arrive))
  const to = Math.min(car.depart, from + 1 + Math.floor(random() * (hold.slots + WIDER)))
  const other = car.arrive + Math.floor(random() * (car.depart - car.arrive))
  if (other >= from && other < to) return undefined
  const changes: Change[] = []
  let spare = given[index]! - floor[index]!
  for (let slot = from; slot < to; slot++) {
    const [before, mode] = [draft.power[first + slot]!, 1 - draft.mode[first + slot]!]
    const own = car.modes[mode]!
    const watts = before === 0 || random() < ON_OFF ? 0 : Math.max(own.least, stepDown(own, before))
    changes.push({ slot, mode, watts })
    spare += watts - before
  }
  return balanced(at, index, { changes, other, spare })
}

/** How often a car that may be switched is. */
const SWITCHED = 0.3

/** Draws a move of a car; whether limits, its battery, its runs and its switches allow it is not yet looked at. */
export const drawMove = (at: Moving, index: number): Move | undefined => {
  const { hold } = at.model.cars[index]!
  return hold && at.random() < SWITCHED ? drawSwitch(at, index, hold) : drawShift(at, index)
}
