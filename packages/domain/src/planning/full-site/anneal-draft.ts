import { type Draft, roomFor, roomToGive, setPower } from './draft.ts'
import { drawMove, gainOf, type Move, type Moving } from './draw-move.ts'
import { type FullModel, isHeld, type ModelCar, pausesAtWill } from './full-model.ts'

/** Less than a plan may be wrong by: what is stored is summed anew where it is checked. */
const HAIR = 1e-7

/** Whether what is stored stays within bounds all along. */
const keepsBattery = ({ battery }: ModelCar, power: Int32Array): boolean => {
  const { into, out, least, most } = battery!
  let { stored } = battery!
  for (const watts of power) {
    stored += watts > 0 ? watts * into : watts * out
    if (stored < least - HAIR || stored > most + HAIR) return false
  }
  return true
}

/** Whether runs are no more and no shorter than they may be. */
const keepsRuns = ({ mostRuns, leastRun }: ModelCar, power: Int32Array): boolean => {
  let [runs, length] = [0, 0]
  for (let at = 0; at <= power.length; at++) {
    if ((power[at] ?? 0) > 0) {
      if (length++ === 0) runs++
    } else {
      if (length > 0 && length < leastRun) return false
      length = 0
    }
  }
  return runs <= mostRuns
}

/** Whether no switch comes too soon. */
const keepsTrack = ({ hold }: ModelCar, mode: Uint8Array): boolean => {
  const { slots, before, heldFor } = hold!
  let [last, now] = [Number.NEGATIVE_INFINITY, before ?? mode[0]!]
  for (const [at, own] of mode.entries()) {
    if (own === now) continue
    if (at < heldFor || at - last < slots) return false
    last = at
    now = own
  }
  return true
}

/** Whether the car itself allows what it now has. */
const keepsCar = ({ model, draft }: Moving, index: number): boolean => {
  const car = model.cars[index]!
  const [from, to] = [draft.offsets[index]!, draft.offsets[index + 1]!]
  if (car.battery && !keepsBattery(car, draft.power.subarray(from, to))) return false
  if (!pausesAtWill(car) && !keepsRuns(car, draft.power.subarray(from, to))) return false
  return !isHeld(car) || keepsTrack(car, draft.mode.subarray(from, to))
}

/** Whether everything above a car is within its limits in the slots of a move. */
const keepsLimits = ({ model, draft }: Moving, { car, changes }: Move): boolean => {
  const { node, modes } = model.cars[car]!
  const { kind } = modes.at(-1)!
  return changes.every(
    ({ slot }) =>
      roomFor(model, draft, { node, slot, kind, peak: Number.POSITIVE_INFINITY }) >= 0 &&
      roomToGive(model, draft, { node, slot, kind }) >= 0,
  )
}

/** What a move costs more; import above the target costs a price by the W, in every slot. */
const costOf = ({ model, draft, target }: Moving, { car: index, changes }: Move, perWatt: number): number => {
  const { base, imported, fedIn, cars } = model
  const { arrive, battery } = cars[index]!
  let cost = 0
  for (const { slot, watts } of changes) {
    const before = draft.power[draft.offsets[index]! + slot - arrive]!
    const grid = base[slot]! + draft.load[slot]!
    const after = grid + watts - before
    cost += after * (after > 0 ? imported[slot]! : fedIn[slot]!) - grid * (grid > 0 ? imported[slot]! : fedIn[slot]!)
    cost += perWatt * (Math.max(0, after - target) - Math.max(0, grid - target))
    if (battery) cost += battery.wear * (Math.min(0, before) - Math.min(0, watts))
  }
  return cost
}

/** Does a move; undone where car or limits do not allow it. @returns whether it was done */
const tryMove = (at: Moving, move: Move): boolean => {
  const { model, draft, given } = at
  const car = model.cars[move.car]!
  const first = draft.offsets[move.car]! - car.arrive
  const kept = move.changes.map(({ slot }) => ({ slot, mode: draft.mode[first + slot]!, watts: draft.power[first + slot]! }))
  for (const change of move.changes) setPower(model, draft, { car: move.car, ...change })
  if (keepsCar(at, move.car) && keepsLimits(at, move)) {
    for (const [index, { watts }] of move.changes.entries()) given[move.car]! += gainOf(car, watts) - gainOf(car, kept[index]!.watts)
    return true
  }
  for (const change of kept) setPower(model, draft, { car: move.car, ...change })
  return false
}

/** What may be lost by chance at first, and in the end: so many W over a slot at the dearest price of import. */
const HOT = 25
const COLD = 1
/** What a W above the target costs in each slot, as a share of the demand charge. */
const ABOVE = 0.3

const openMoving = (model: FullModel, draft: Draft, at: Pick<Moving, 'random' | 'target'>): Moving => {
  const given = Float64Array.from(model.cars, (car, index) => {
    let sum = car.battery?.stored ?? 0
    for (let place = draft.offsets[index]!; place < draft.offsets[index + 1]!; place++) sum += gainOf(car, draft.power[place]!)
    return sum
  })
  const floor = Float64Array.from(model.cars, ({ need, battery }, index) => Math.min(battery ? battery.due : need, given[index]!))
  return { ...at, model, draft, given, floor }
}

/**
 * Simulated annealing (Kirkpatrick, Gelatt and Vecchi, 1983) of a draft in its own place: powers of single cars go from slot to slot, and phases are switched;
 * what is dearer is done as well while it is hot. Limits hold all the time, and no car gets less than it had of its need.
 */
export const annealDraft = (
  model: FullModel,
  draft: Draft,
  { moves, random, target }: Pick<Moving, 'random' | 'target'> & { readonly moves: number },
): void => {
  const at = openMoving(model, draft, { random, target })
  const movable = [...model.cars.keys()].filter((index) => {
    const { need, battery, arrive, depart } = model.cars[index]!
    return (need > 0 || battery) && depart - arrive > 1
  })
  if (movable.length === 0) return
  const dearest = model.imported.reduce((most, price) => Math.max(most, price), 1)
  let heat = HOT * dearest
  const cooling = (COLD / HOT) ** (1 / moves)
  for (let done = 0; done < moves; done++, heat *= cooling) {
    const move = drawMove(at, movable[Math.floor(random() * movable.length)]!)
    if (!move) continue
    const cost = costOf(at, move, ABOVE * model.demand)
    if (cost <= 0 || random() < Math.exp(-cost / heat)) tryMove(at, move)
  }
}
