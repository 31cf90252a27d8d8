import { energyOver, milliseconds } from '@voltway/units'
import { deliveredBy } from './delivered-by.ts'
import { giveEnergy, type SiteRoom } from './plan-stage.ts'
import { promisedRest } from './promised-parts.ts'
import { arriveSlot, departSlot, type SlotGrid, slotStart, usableFrom } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'

/** A meter lags behind a curve by so much without having left it. */
const ON_TRACK_WH = 150
const ON_TRACK_SHARE = 0.03

/** What the accepted curve still gives in each slot, whole Wh; undefined when the car is no longer on it. */
const restOfCurve = (car: SteeredCar, grid: SlotGrid): readonly number[] | undefined => {
  const { wish, isResting } = car
  if (wish.kind !== 'promise' || wish.curve.length === 0 || isResting) return undefined
  let rest = [...promisedRest(wish.parts, deliveredBy(car, grid.now)).values()].reduce((sum, wh) => sum + wh, 0)
  if (rest === 0) return undefined
  const asked = rest
  const [first, end] = [arriveSlot(grid, wish), departSlot(grid, wish)]
  let exact = 0
  let told = 0
  const energies = Array.from({ length: grid.count }, (_, slot) => {
    if (slot < first || slot >= end) return 0
    const [from, to] = [usableFrom(grid, slot), slotStart(grid, slot + 1)]
    for (const step of wish.curve) {
      const length = Math.min(to, step.to) - Math.max(from, step.from)
      if (length > 0) exact += energyOver(step.power, milliseconds(length))
    }
    // Rounded in sum, not slot by slot, so that nothing is lost.
    const energy = Math.max(0, Math.min(rest, Math.round(exact) - told))
    told += energy
    rest -= energy
    return energy
  })
  return rest <= Math.max(ON_TRACK_WH, ON_TRACK_SHARE * asked) ? energies : undefined
}

/**
 * Lets cars follow the curves that their drivers accepted, if all of them fit under every limit at once: nothing needs to be
 * planned anew then. @returns the cars that do; none where they do not all fit, and `room` is as it was
 */
export const keepCurves = (site: SteeredSite, grid: SlotGrid, room: SiteRoom): ReadonlySet<number> => {
  const curves = site.cars.map((car) => restOfCurve(car, grid))
  const kept = new Set<number>()
  const give = (car: number, sign: 1 | -1) => {
    for (const [slot, energy] of curves[car]!.entries())
      if (energy > 0) giveEnergy(site, room, { car, at: { slot, count: grid.count }, energy: sign * energy })
  }
  for (const [car, curve] of curves.entries()) {
    if (!curve) continue
    give(car, 1)
    kept.add(car)
  }
  // A Wh is what rounding may make of a curve at full power.
  if (room.wh.every((left) => left >= -1)) return kept
  for (const car of kept) give(car, -1)
  return new Set()
}
