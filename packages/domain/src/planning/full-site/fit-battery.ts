import { type BatteryScratch, batteryResponse } from './battery-response.ts'
import { roomFor, roomToGive, setPower } from './draft.ts'
import type { ModelCar } from './full-model.ts'
import type { Guide } from './guide.ts'
import { rowOf } from './price-tables.ts'

/** Room for the prices and powers of one window. */
export interface BatteryFit {
  readonly scratch: BatteryScratch
  readonly price: Float64Array
  readonly below: Float64Array
  readonly turn: Float64Array
  readonly mostIn: Float64Array
  readonly mostOut: Float64Array
}

/** In how many slots of its window import passes the peak. */
const countOver = ({ model, draft, peak }: Guide, { arrive, depart }: ModelCar): number => {
  let over = 0
  for (let slot = arrive; slot < depart; slot++) if (model.base[slot]! + draft.load[slot]! > peak) over++
  return over
}

/** Puts a car that gives back into a draft that has none of it: whole W, and nothing between zero and its least power. */
export const fitBattery = (guide: Guide, index: number, { scratch, price, below, turn, mostIn, mostOut }: BatteryFit): void => {
  const { model, draft, table, market, peak, peakPrice } = guide
  const car = model.cars[index]!
  const battery = car.battery!
  const mode = car.modes[0]!
  const row = rowOf(car.node, mode.kind, model.slots)
  const over = countOver(guide, car)
  for (let slot = car.arrive; slot < car.depart; slot++) {
    const at = { node: car.node, slot, kind: mode.kind, peak }
    const room = Math.max(0, Math.min(mode.most, roomFor(model, draft, at)))
    price[slot - car.arrive] = table[row + slot]! + model.imported[slot]! - market[slot]!
    below[slot - car.arrive] = table[row + slot]! + model.fedIn[slot]! - market[slot]!
    turn[slot - car.arrive] = -model.base[slot]! - draft.load[slot]!
    mostIn[slot - car.arrive] = room < mode.least ? 0 : room
    mostOut[slot - car.arrive] = Math.max(0, Math.min(battery.give, roomToGive(model, draft, at)))
    const above = peakPrice > 0 ? model.base[slot]! + draft.load[slot]! - peak : 0
    if (above <= 0) continue
    // Just what brings the peak down: more would be paid as energy only.
    price[slot - car.arrive]! += peakPrice / over
    below[slot - car.arrive]! += peakPrice / over
    mostOut[slot - car.arrive] = Math.min(mostOut[slot - car.arrive]!, Math.ceil(above))
  }
  const task = { battery, shortfallPrice: car.shortfallPrice, price, below, from: 0, slots: car.depart - car.arrive, turn, mostIn, mostOut }
  batteryResponse(task, scratch, (slot, wanted, stored) => {
    let watts = wanted > 0 ? Math.min(mostIn[slot]!, Math.ceil(wanted - 1e-6)) : -Math.floor(-wanted + 1e-6)
    if (watts > 0 && watts < mode.least) watts = watts * 2 < mode.least || mostIn[slot]! < mode.least ? 0 : mode.least
    if (watts > 0) {
      const fits =
        mode.least +
        Math.floor((Math.min(watts, Math.floor((battery.most - stored) / battery.into + 1e-9)) - mode.least) / mode.step) * mode.step
      watts = fits >= mode.least ? fits : 0
    }
    if (watts < 0) watts = -Math.max(0, Math.min(-watts, Math.floor((stored - battery.least) / battery.out + 1e-9)))
    if (watts !== 0) setPower(model, draft, { car: index, slot: car.arrive + slot, mode: 0, watts })
    return watts === 0 ? 0 : watts
  })
}
