import { type Ascent, pricesOf } from './ascent.ts'
import { batteryResponse } from './battery-response.ts'
import { layPieces } from './car-response.ts'
import { type ModelCar, THREE } from './full-model.ts'
import { fillPrices, rowOf, sumLoads } from './price-tables.ts'

/** Sorts the slots of a window by price, from the order that they had: nearly right, so that few of them move. */
const rankSlots = ({ ranks, windows, keys, table }: Ascent, index: number, row: number): void => {
  const [from, to] = [windows[index]!, windows[index + 1]!]
  for (let at = from; at < to; at++) {
    const slot = ranks[at]!
    const price = table[row + slot]!
    let place = at
    for (; place > from && keys[place - from - 1]! > price; place--) {
      keys[place - from] = keys[place - from - 1]!
      ranks[place] = ranks[place - 1]!
    }
    keys[place - from] = price
    ranks[place] = slot
  }
}

/** A car that only charges, in one way, fills its cheapest slots. */
const answerSimply = (ascent: Ascent, index: number): void => {
  const { model, load, needs, ranks, windows, keys } = ascent
  const { node, modes, shortfallPrice } = model.cars[index]!
  const { kind, most } = modes[0]!
  const row = rowOf(node, kind, model.slots)
  rankSlots(ascent, index, row)
  const [from, to] = [windows[index]!, windows[index + 1]!]
  let [left, marginal] = [needs[index]!, 0]
  for (let at = from; at < to && left > 0 && keys[at - from]! < shortfallPrice; at++) {
    const watts = Math.min(left, most)
    left -= watts
    marginal = keys[at - from]!
    load[row + ranks[at]!]! += watts
  }
  ascent.car[index] = left > 0 ? shortfallPrice : marginal
  ascent.lacking[index] = left
}

/** A car that can be switched takes more phases in a slot where that is the cheapest next piece. */
const answerSwitched = (ascent: Ascent, index: number): void => {
  const { model, table, pieces, load, needs } = ascent
  const car = model.cars[index]!
  layPieces(car, { table, slots: model.slots }, pieces)
  let [left, marginal] = [needs[index]!, 0]
  const base = rowOf(car.node, 0, model.slots)
  for (let at = 0; at < pieces.count && left > 0 && pieces.slope[at]! < car.shortfallPrice; at++) {
    const watts = Math.min(left, pieces.length[at]!)
    left -= watts
    marginal = pieces.slope[at]!
    const { kind } = car.modes[pieces.mode[at]!]!
    const place = base + kind * model.slots + pieces.slot[at]!
    load[place]! += watts
    if (kind === THREE && pieces.length[at]! < car.modes.at(-1)!.most)
      shiftPhases(ascent, car, { place, at, share: watts / pieces.length[at]! })
  }
  ascent.car[index] = left > 0 ? car.shortfallPrice : marginal
  ascent.lacking[index] = left
}

/** A second piece of a slot takes what the first has there from one phase to three. */
const shiftPhases = (
  { load, pieces, model }: Ascent,
  car: ModelCar,
  { place, at, share }: { readonly place: number; readonly at: number; readonly share: number },
): void => {
  const [one] = car.modes
  const moved = share * one!.most
  load[place]! += moved
  load[rowOf(car.node, one!.kind, model.slots) + pieces.slot[at]!]! -= moved
}

/** A battery follows its best course, with least power and whole W left aside. */
const answerWithBattery = (ascent: Ascent, index: number): void => {
  const { model, table, answers, offsets, mostIn, mostOut, noTurn } = ascent
  const { battery, modes, node, arrive, depart, shortfallPrice } = model.cars[index]!
  const task = {
    battery: battery!,
    shortfallPrice,
    price: table,
    below: table,
    from: rowOf(node, modes[0]!.kind, model.slots) + arrive,
    slots: depart - arrive,
    turn: noTurn,
    mostIn: mostIn.fill(modes[0]!.most, 0, depart - arrive),
    mostOut: mostOut.fill(battery!.give, 0, depart - arrive),
  }
  ascent.lacking[index] = batteryResponse(task, ascent.battery, (slot, watts) => {
    answers[offsets[index]! + slot] = watts
    return watts
  })
}

const addAnswer = ({ model, load, answers, offsets }: Ascent, index: number): void => {
  const { node, modes, arrive } = model.cars[index]!
  const row = rowOf(node, modes[0]!.kind, model.slots) + arrive - offsets[index]!
  for (let at = offsets[index]!; at < offsets[index + 1]!; at++) load[row + at]! += answers[at]!
}

/** One turn out of so many: a car that gives back takes long to answer, and only answers in its turn. */
export interface Turn {
  readonly turn: number
  readonly of: number
}

/** Puts the prices before all cars and sums up what they would do. */
export const answerPrices = (ascent: Ascent, { turn, of }: Turn): void => {
  const { model, load, table } = ascent
  fillPrices(model, pricesOf(ascent), table)
  load.fill(0)
  for (let index = 0; index < model.cars.length; index++) {
    const car = model.cars[index]!
    if (!car.battery) {
      if (car.need === 0) continue
      if (car.modes.length === 1) answerSimply(ascent, index)
      else answerSwitched(ascent, index)
      continue
    }
    if (index % of === turn % of) answerWithBattery(ascent, index)
    addAnswer(ascent, index)
  }
  sumLoads(model, load)
}
