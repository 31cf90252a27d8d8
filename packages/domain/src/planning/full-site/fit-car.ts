import { setPower } from './draft.ts'
import type { ModelCar } from './full-model.ts'
import type { Guide } from './guide.ts'
import { keepTrack } from './phase-track.ts'
import { type Offer, offersIn } from './slot-offers.ts'

/** What a car can have, cheapest first; of two ways to draw that of its track. */
const offersFor = (guide: Guide, car: ModelCar, track: Uint8Array | undefined): Offer[] => {
  const offers: Offer[] = []
  for (let slot = car.arrive; slot < car.depart; slot++) {
    const best = offersIn(guide, car, { slot, mode: track?.[slot - car.arrive] ?? 0 })
    for (const offer of best) if (offer.price < car.shortfallPrice) offers.push(offer)
  }
  return offers.sort((a, b) => a.price - b.price || a.slot - b.slot)
}

interface Taken {
  readonly slot: number
  readonly mode: number
  watts: number
}

/** Takes what is missing to a least power from slots that were filled before, the dearest first. */
const borrow = (car: ModelCar, taken: readonly Taken[], missing: number): number => {
  let left = missing
  for (let at = taken.length - 1; at >= 0 && left > 0; at--) {
    const one = taken[at]!
    const { least, step } = car.modes[one.mode]!
    const part = Math.floor(Math.min(left, one.watts - least) / step) * step
    if (part <= 0) continue
    one.watts -= part
    left -= part
  }
  return missing - left
}

/** Puts a car whose power may change freely into a draft that has none of it, as cheap as the guide says. */
export const fitCar = (guide: Guide, index: number): void => {
  const { model, draft } = guide
  const car = model.cars[index]!
  const taken: Taken[] = []
  const track = car.hold && keepTrack(guide, index)
  let left = car.need
  for (const { slot, mode, watts } of offersFor(guide, car, track)) {
    if (left <= 0) break
    const { least, step } = car.modes[mode]!
    const more = taken.find((one) => one.slot === slot)
    const floor = more ? 0 : least
    const own = Math.min(watts, left <= floor ? floor : floor + Math.ceil((left - floor) / step) * step)
    const over = own - left
    left -= own
    if (over > 0) left += borrow(car, taken, over)
    if (more) more.watts += own
    else taken.push({ slot, mode, watts: own })
  }
  for (const { slot, mode, watts } of taken) setPower(model, draft, { car: index, slot, mode, watts })
}
