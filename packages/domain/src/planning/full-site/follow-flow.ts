import { clearCar, type Draft, openDraft, roomFor, setPower, stepDown, stepUp } from './draft.ts'
import { lackOf } from './finish-plan.ts'
import type { BatteryFit } from './fit-battery.ts'
import { isHeld, pausesAtWill } from './full-model.ts'
import type { Guide } from './guide.ts'
import { fitBelow } from './round-plan.ts'

/** What the flow gives a car, in the steps that it has; what is missing then is added where most was cut off. */
const followCar = (guide: Guide, index: number, wanted: Int32Array): void => {
  const { model, draft, peak } = guide
  const car = model.cars[index]!
  const [last, from] = [car.modes.length - 1, draft.offsets[index]! - car.arrive]
  const mode = car.modes[last]!
  const roomAt = (slot: number) => roomFor(model, draft, { node: car.node, slot, kind: mode.kind, peak })
  const cut: { readonly slot: number; readonly watts: number; readonly missing: number }[] = []
  let left = car.need
  for (let slot = car.arrive; slot < car.depart; slot++) {
    const flow = wanted[from + slot]!
    if (flow === 0) continue
    const watts = stepDown(mode, Math.min(flow, roomAt(slot)))
    if (watts > 0) setPower(model, draft, { car: index, slot, mode: last, watts })
    if (watts < flow) cut.push({ slot, watts, missing: flow - watts })
    left -= watts
  }
  cut.sort((a, b) => b.missing - a.missing || a.slot - b.slot)
  for (const { slot, watts } of cut) {
    if (left <= 0) return
    const more = stepUp(mode, watts + 1)
    if (more - watts > Math.max(left, mode.step) || roomAt(slot) + watts < more) continue
    setPower(model, draft, { car: index, slot, mode: last, watts: more })
    left -= more - watts
  }
}

/**
 * A draft that follows the flow's plan as far as steps allow, car by car in an order. A car that would lack something so, gives back or
 * may not pause or be switched at will is fitted in by prices, below the peak while that does.
 */
export const followFlow = (
  guide: Omit<Guide, 'draft'>,
  flow: Draft,
  at: { readonly order: readonly number[]; readonly battery: BatteryFit },
): Draft => {
  const { model } = guide
  const draft = openDraft(model)
  let { peak } = guide
  for (const car of at.order) {
    const own = model.cars[car]!
    const isFree = pausesAtWill(own) && !isHeld(own)
    if (own.battery === undefined && isFree && own.need > 0) {
      followCar({ ...guide, draft, peak: Number.POSITIVE_INFINITY }, car, flow.power)
      if (lackOf(model, draft, car) === 0) continue
      clearCar(model, draft, car)
    }
    peak = fitBelow({ ...guide, draft, peak }, car, at.battery)
  }
  return draft
}
