import { type Draft, roomFor, roomToGive, setPower, stepUp } from './draft.ts'
import { type FullModel, isHeld, type Mode, pausesAtWill } from './full-model.ts'

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
  /** Import by slot. */
  readonly grid: Float64Array
  /** What each car gets now. */
  readonly delivered: Float64Array
}

/** A slot that a car's power may go to, and how much of it fits there. */
interface Place {
  readonly slot: number
  readonly now: number
  readonly room: number
}

/** Whether a car's runs are no more and no shorter than they may be after a shift. */
const keepsRuns = ({ model, draft }: Levelling, { car: index, from, down, to, up }: Shift): boolean => {
  const car = model.cars[index]!
  if (pausesAtWill(car)) return true
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

/** Whole steps of so many W: at least one. */
const stepsOf = ({ step }: Mode, watts: number): number => Math.max(1, Math.floor(watts / step)) * step

/** By how much a power can be less so that it remains one: down to its least at most. */
const within = ({ least, step }: Mode, watts: number, down: number): number => Math.min(down, Math.floor((watts - least) / step) * step)

/** Where a car's power in a slot may go, with the room that everything above it leaves there. */
const placeAt = ({ model, draft }: Levelling, index: number, { slot, mode }: { readonly slot: number; readonly mode: number }): Place => {
  const car = model.cars[index]!
  const { node, arrive, modes } = car
  const at = draft.offsets[index]! + slot - arrive
  const now = draft.power[at]!
  if ((now > 0 || isHeld(car)) && draft.mode[at] !== mode) return { slot, now, room: 0 }
  const { kind, most } = modes[mode]!
  return { slot, now, room: Math.min(most - now, roomFor(model, draft, { node, slot, kind, peak: Number.POSITIVE_INFINITY })) }
}

/** A car's power in a slot that is to be lowered. */
interface Source {
  readonly index: number
  readonly from: number
  readonly mode: number
  readonly watts: number
  /** By how much it may be less: what gives energy back beside it may rely on what it takes. */
  readonly free: number
  /** What the car gets beyond its need. */
  readonly spare: number
}

const sourceOf = ({ model, draft, delivered }: Levelling, index: number, from: number): Source => {
  const { node, arrive, need, modes } = model.cars[index]!
  const place = draft.offsets[index]! + from - arrive
  const [watts, mode] = [draft.power[place]!, draft.mode[place]!]
  const free = Math.min(watts, roomToGive(model, draft, { node, slot: from, kind: modes[mode]!.kind }))
  return { index, from, mode, watts, free, spare: delivered[index]! - need }
}

/** What the car does not need, simply left out. */
const dropSpare = (at: Levelling, { index, from, mode, watts, free, spare }: Source): Shift | undefined => {
  const own = at.model.cars[index]!.modes[mode]!
  for (const down of [watts, within(own, watts, Math.floor(Math.min(spare, free) / own.step) * own.step)]) {
    const shift = { car: index, from, down, to: from, up: 0 }
    if (down > 0 && down <= spare && down <= free && keepsRuns(at, shift)) return shift
  }
  return undefined
}

/** A shift, and by how much it leaves the higher of its two slots lower. */
interface Rated {
  readonly shift: Shift
  readonly gain: number
  readonly price: number
}

/** The shift to one slot that leaves the higher of the two lowest: half of what they differ by, down to the least power, or all of it. */
const bestTo = (at: Levelling, source: Source, { slot, now, room }: Place): Rated | undefined => {
  const { model, grid, target, delivered } = at
  const { index, from, mode, watts, free, spare } = source
  const car = model.cars[index]!
  const own = car.modes[mode]!
  const [high, low] = [grid[from]!, grid[slot]!]
  const half = stepsOf(own, Math.min(Math.ceil(high - target), Math.floor((high - low) / 2), room))
  let best: Rated | undefined
  for (const down of [within(own, watts, half), watts - own.least, watts]) {
    if (down <= 0 || down > free) continue
    const missing = down - Math.max(0, spare)
    const up = stepUp(own, now + missing) - now
    if (up < missing || up > room || delivered[index]! + up - down > car.most) continue
    const gain = high - Math.max(target, high - down, low + up)
    const price = model.imported[slot]! * up
    if (gain > 0 && (!best || gain > best.gain || (gain === best.gain && price < best.price)))
      best = { shift: { car: index, from, down, to: slot, up }, gain, price }
  }
  return best
}

/** The shift of one car out of a slot that leaves the higher of two slots lowest, as far as that is above the target, and then costs least. */
const bestShift = (at: Levelling, index: number, from: number): Shift | undefined => {
  const { model, grid, target } = at
  const { arrive, depart } = model.cars[index]!
  const source = sourceOf(at, index, from)
  const dropped = source.spare > 0 ? dropSpare(at, source) : undefined
  if (dropped) return dropped
  let best: Rated | undefined
  for (let slot = arrive; slot < depart; slot++) {
    // Most slots are too high to be better: these are passed over before anything is worked out.
    const hope = Math.min(grid[from]! - target, (grid[from]! - grid[slot]! + Math.max(0, source.spare)) / 2)
    if (slot === from || hope <= 0 || (best && hope < best.gain)) continue
    const place = placeAt(at, index, { slot, mode: source.mode })
    const rated = place.room > 0 ? bestTo(at, source, place) : undefined
    if (!rated || (best && (rated.gain < best.gain || (rated.gain === best.gain && rated.price >= best.price)))) continue
    if (keepsRuns(at, rated.shift)) best = rated
  }
  return best?.shift
}

const apply = ({ model, draft, grid, delivered }: Levelling, { car, from, down, to, up }: Shift): void => {
  const first = draft.offsets[car]! - model.cars[car]!.arrive
  const mode = draft.mode[first + from]!
  setPower(model, draft, { car, slot: from, mode, watts: draft.power[first + from]! - down })
  if (up > 0) setPower(model, draft, { car, slot: to, mode, watts: draft.power[first + to]! + up })
  delivered[car]! += up - down
  grid[from]! -= down
  grid[to]! += up
}

/** Takes a slot down to the target as far as single cars can do it. @returns whether any did */
const levelSlot = (at: Levelling, slot: number): boolean => {
  const { model, draft, grid, target } = at
  let any = false
  for (const [index, { arrive, depart, battery }] of model.cars.entries()) {
    if (battery || slot < arrive || slot >= depart) continue
    const place = draft.offsets[index]! + slot - arrive
    while (draft.power[place]! > 0 && grid[slot]! > target) {
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
  const grid = model.base.map((own, slot) => own + draft.load[slot]!)
  const at = { model, draft, target, grid, delivered }
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let any = false
    for (let slot = 0; slot < model.slots; slot++) if (at.grid[slot]! > target && levelSlot(at, slot)) any = true
    if (!any) return
  }
}
