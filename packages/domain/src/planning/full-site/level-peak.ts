import { type Draft, roomFor, roomToGive, setPower, stepUp } from './draft.ts'
import { type FullModel, isHeld, type Mode, type ModelCar } from './full-model.ts'

/** A part of a car's power that goes from one slot to another; `up` is 0 where the car has more than it needs anyway. */
interface Shift {
  readonly car: number
  readonly from: number
  readonly down: number
  readonly to: number
  readonly up: number
}

interface Levelling {
  readonly model: FullModel
  readonly draft: Draft
  readonly target: number
  /** What each car gets now. */
  readonly delivered: Float64Array
}

const gridIn = ({ model, draft }: Levelling, slot: number): number => model.base[slot]! + draft.load[slot]!

/** By how much less a power can be: a step, down to the least, or to nothing. */
const lowerings = ({ least, step }: Mode, watts: number): readonly number[] =>
  watts - step < least ? [watts] : watts - step === least ? [step, watts] : [step, watts - least, watts]

/** By how much a car's power in a slot has to rise for so many W, or undefined where it cannot. */
const riseIn = (
  at: Levelling,
  index: number,
  { slot, missing, mode }: { slot: number; missing: number; mode: number },
): number | undefined => {
  const { model, draft } = at
  const car = model.cars[index]!
  const place = draft.offsets[index]! + slot - car.arrive
  const now = draft.power[place]!
  if ((now > 0 || isHeld(car)) && draft.mode[place] !== mode) return undefined
  const own = car.modes[mode]!
  const up = stepUp(own, now + missing) - now
  if (up < missing) return undefined
  const room = roomFor(model, draft, { node: car.node, slot, kind: own.kind, peak: Number.POSITIVE_INFINITY })
  return up <= room ? up : undefined
}

const isFree = ({ mostRuns, leastRun }: ModelCar): boolean => mostRuns === Number.POSITIVE_INFINITY && leastRun === 1

/** Whether a car's runs are no more and no shorter than they may be after a shift. */
const keepsRuns = ({ model, draft }: Levelling, { car: index, from, down, to, up }: Shift): boolean => {
  const car = model.cars[index]!
  if (isFree(car)) return true
  let [runs, length] = [0, 0]
  for (let slot = car.arrive; slot <= car.depart; slot++) {
    const now = slot < car.depart ? draft.power[draft.offsets[index]! + slot - car.arrive]! : 0
    if (now - (slot === from ? down : 0) + (slot === to ? up : 0) > 0) {
      if (length++ === 0) runs++
    } else {
      if (length > 0 && length < car.leastRun) return false
      length = 0
    }
  }
  return runs <= car.mostRuns
}

/** The shift of one car out of a slot that leaves the higher of two slots lowest, as far as that is above the target, and then costs least. */
const bestShift = (at: Levelling, index: number, from: number): Shift | undefined => {
  const { model, draft, delivered } = at
  const car = model.cars[index]!
  const place = draft.offsets[index]! + from - car.arrive
  const [watts, mode] = [draft.power[place]!, draft.mode[place]!]
  const spare = delivered[index]! - car.need
  let best: (Shift & { readonly gain: number; readonly price: number }) | undefined
  for (const down of lowerings(car.modes[mode]!, watts)) {
    // What gives energy back beside it may rely on what it takes.
    if (roomToGive(model, draft, { node: car.node, slot: from, kind: car.modes[mode]!.kind }) < down) continue
    const [now, then] = [gridIn(at, from), Math.max(at.target, gridIn(at, from) - down)]
    const dropped = { car: index, from, down, to: from, up: 0 }
    if (down <= spare && keepsRuns(at, dropped)) return dropped
    for (let slot = car.arrive; slot < car.depart; slot++) {
      if (slot === from) continue
      // Most slots are full: these are passed over before anything is worked out.
      if (gridIn(at, slot) + Math.min(down, down - spare) >= now) continue
      const up = riseIn(at, index, { slot, missing: down - Math.max(0, spare), mode })
      if (up === undefined || delivered[index]! + up - down > car.most) continue
      const gain = now - Math.max(then, gridIn(at, slot) + up)
      const price = model.imported[slot]! * up
      if (gain <= 0 || (best && (gain < best.gain || (gain === best.gain && price >= best.price)))) continue
      const shift = { car: index, from, down, to: slot, up, gain, price }
      if (keepsRuns(at, shift)) best = shift
    }
  }
  return best
}

const apply = ({ model, draft, delivered }: Levelling, { car, from, down, to, up }: Shift): void => {
  const first = draft.offsets[car]! - model.cars[car]!.arrive
  const mode = draft.mode[first + from]!
  setPower(model, draft, { car, slot: from, mode, watts: draft.power[first + from]! - down })
  if (up > 0) setPower(model, draft, { car, slot: to, mode, watts: draft.power[first + to]! + up })
  delivered[car]! += up - down
}

/** Takes a slot down to the target as far as single cars can do it. @returns whether any did */
const levelSlot = (at: Levelling, slot: number): boolean => {
  const { model, draft, target } = at
  let any = false
  for (const [index, { arrive, depart, battery }] of model.cars.entries()) {
    if (battery || slot < arrive || slot >= depart) continue
    const place = draft.offsets[index]! + slot - arrive
    while (draft.power[place]! > 0 && gridIn(at, slot) > target) {
      const shift = bestShift(at, index, slot)
      if (!shift) break
      apply(at, shift)
      any = true
    }
  }
  return any
}

const MOST_SWEEPS = 30

/**
 * Brings import down towards a target by steps of single cars, each from a slot that is above it to one that stays below what that was: so
 * what is above spreads from slot to slot until it finds room. Limits and needs are kept.
 */
export const levelPeak = (model: FullModel, draft: Draft, target: number): void => {
  const delivered = Float64Array.from(model.cars, (_, car) => {
    let sum = 0
    for (let place = draft.offsets[car]!; place < draft.offsets[car + 1]!; place++) sum += draft.power[place]!
    return sum
  })
  const at = { model, draft, target, delivered }
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let any = false
    for (let slot = 0; slot < model.slots; slot++) if (gridIn(at, slot) > target && levelSlot(at, slot)) any = true
    if (!any) return
  }
}
