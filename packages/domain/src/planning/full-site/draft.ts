import type { FullModel, Mode } from './full-model.ts'
import { THREE } from './full-model.ts'

/** A plan being made: powers by car and slot, and what they leave of every limit. */
export interface Draft {
  readonly power: Int32Array
  /** Index of the mode in use, at the same places; where switching is limited, also in slots without power. */
  readonly mode: Uint8Array
  readonly offsets: Int32Array
  /** Of all cars, by node and slot. */
  readonly load: Float64Array
  /** By node, phase and slot; in W. */
  readonly phaseLoad: Float64Array
}

export const openDraft = ({ cars, slots, parent }: FullModel): Draft => {
  const offsets = new Int32Array(cars.length + 1)
  for (let car = 0; car < cars.length; car++) offsets[car + 1] = offsets[car]! + cars[car]!.depart - cars[car]!.arrive
  const mode = new Uint8Array(offsets[cars.length]!)
  for (const [car, { hold }] of cars.entries()) mode.fill(hold?.before ?? 0, offsets[car], offsets[car + 1])
  return {
    power: new Int32Array(offsets[cars.length]!),
    mode,
    offsets,
    load: new Float64Array(parent.length * slots),
    phaseLoad: new Float64Array(parent.length * 3 * slots),
  }
}

export const copyDraft = ({ power, mode, offsets, load, phaseLoad }: Draft): Draft => ({
  power: power.slice(),
  mode: mode.slice(),
  offsets,
  load: load.slice(),
  phaseLoad: phaseLoad.slice(),
})

/** Adds power to everything above a car in one slot. */
export const addLoad = (
  model: FullModel,
  draft: Draft,
  at: { readonly node: number; readonly slot: number; readonly kind: number; readonly watts: number },
): void => {
  const { parent, slots, hasPhases } = model
  const { slot, kind, watts } = at
  for (let node = at.node; node >= 0; node = parent[node]!) {
    draft.load[node * slots + slot]! += watts
    if (!hasPhases[node]) continue
    if (kind !== THREE) draft.phaseLoad[(node * 3 + kind) * slots + slot]! += watts
    else for (let phase = 0; phase < 3; phase++) draft.phaseLoad[(node * 3 + phase) * slots + slot]! += watts / 3
  }
}

/** Sets one power of a car; what it had there is given free. */
export const setPower = (
  model: FullModel,
  draft: Draft,
  at: { readonly car: number; readonly slot: number; readonly mode: number; readonly watts: number },
): void => {
  const car = model.cars[at.car]!
  const place = draft.offsets[at.car]! + at.slot - car.arrive
  const before = draft.power[place]!
  if (before !== 0) addLoad(model, draft, { node: car.node, slot: at.slot, kind: car.modes[draft.mode[place]!]!.kind, watts: -before })
  draft.power[place] = at.watts
  draft.mode[place] = at.mode
  if (at.watts !== 0) addLoad(model, draft, { node: car.node, slot: at.slot, kind: car.modes[at.mode]!.kind, watts: at.watts })
}

/** Takes all of a car's power away; it is not switched then. */
export const clearCar = (model: FullModel, draft: Draft, car: number): void => {
  const { arrive, depart, hold } = model.cars[car]!
  for (let slot = arrive; slot < depart; slot++) setPower(model, draft, { car, slot, mode: hold?.before ?? 0, watts: 0 })
}

/** Most W that everything above a car leaves it in a slot, drawn in one way; import may be `peak` at most. */
export const roomFor = (
  model: FullModel,
  draft: Draft,
  at: { readonly node: number; readonly slot: number; readonly kind: number; readonly peak: number },
): number => {
  const { parent, slots, hasPhases, nodeLimit, phaseMost, siteMost, base } = model
  const { slot, kind, peak } = at
  let room = Number.POSITIVE_INFINITY
  for (let node = at.node; node >= 0; node = parent[node]!) {
    const limit = node === 0 ? Math.min(siteMost[slot]!, peak - base[slot]!) : nodeLimit[node * slots + slot]!
    room = Math.min(room, limit - draft.load[node * slots + slot]!)
    if (!hasPhases[node]) continue
    for (let phase = 0; phase < 3; phase++) {
      if (kind !== THREE && kind !== phase) continue
      const row = (node * 3 + phase) * slots + slot
      const left = phaseMost[row]! - draft.phaseLoad[row]!
      room = Math.min(room, kind === THREE ? 3 * left : left)
    }
  }
  return Math.floor(room + 1e-6)
}

/** Most W that a car may give back in a slot. */
export const roomToGive = (
  model: FullModel,
  draft: Draft,
  at: { readonly node: number; readonly slot: number; readonly kind: number },
): number => {
  const { parent, slots, hasPhases, nodeLimit, phaseLeast, siteLeast } = model
  const { slot, kind } = at
  let room = Number.POSITIVE_INFINITY
  for (let node = at.node; node >= 0; node = parent[node]!) {
    const least = node === 0 ? siteLeast[slot]! : -nodeLimit[node * slots + slot]!
    room = Math.min(room, draft.load[node * slots + slot]! - least)
    if (!hasPhases[node]) continue
    for (let phase = 0; phase < 3; phase++) {
      if (kind !== THREE && kind !== phase) continue
      const row = (node * 3 + phase) * slots + slot
      const left = draft.phaseLoad[row]! - phaseLeast[row]!
      room = Math.min(room, kind === THREE ? 3 * left : left)
    }
  }
  return Math.floor(room + 1e-6)
}

/** Whether everything above a car is within its limits while it is there: others may have relied on what it gave or took before. */
export const holds = (model: FullModel, draft: Draft, index: number): boolean => {
  const { node, arrive, depart, modes } = model.cars[index]!
  const { kind } = modes.at(-1)!
  for (let slot = arrive; slot < depart; slot++) {
    if (roomFor(model, draft, { node, slot, kind, peak: Number.POSITIVE_INFINITY }) < 0) return false
    if (roomToGive(model, draft, { node, slot, kind }) < 0) return false
  }
  return true
}

/** The greatest power of a mode that is at most `watts`; zero below its least. */
export const stepDown = ({ least, step, most }: Mode, watts: number): number =>
  watts < least ? 0 : least + Math.floor((Math.min(watts, most) - least) / step) * step

/** The smallest power of a mode that is at least `watts`; its most where that is more. */
export const stepUp = ({ least, step, most }: Mode, watts: number): number =>
  watts <= least ? least : Math.min(most, least + Math.ceil((watts - least) / step) * step)
