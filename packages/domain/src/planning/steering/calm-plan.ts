import { giveEnergy, type SiteRoom } from './plan-stage.ts'
import { powerAt } from './set-point-schedule.ts'
import { arriveSlot, departSlot, type SlotGrid, slotPrices } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

interface Exchange {
  readonly slot: number
  readonly later: number
  /** Draws more than the other just before `slot`. */
  readonly runner: number
  /** Would draw in `slot` what the other could. */
  readonly starter: number
}

/**
 * Lets a car that charges go on where it would pause for another that has not begun: the two exchange energy between that slot
 * and a later one. Nothing else changes: each has its energy in time and at the same prices, and each slot its sum, so the plan
 * costs and lacks what it did. Without it, cars with equally little time left take turns every slot. Changes `room`.
 */
export const calmPlan = (site: SteeredSite, grid: SlotGrid, room: SiteRoom): void => {
  const { cars, stations } = site
  const { count } = grid
  const { given, wh } = room
  const promised = [...cars.keys()].filter((car) => cars[car]!.wish.kind === 'promise')
  const arrives = cars.map(({ wish }) => arriveSlot(grid, wish))
  const departs = cars.map(({ wish }) => departSlot(grid, wish))
  const prices = cars.map(({ wish }) => (wish.kind === 'promise' ? slotPrices(grid, wish.prices) : []))
  const evseRoom = (car: number, slot: number) => wh[(1 + stations.length + car) * count + slot]!
  const costsTheSame = (car: number, a: number, b: number) => prices[car]![a] === prices[car]![b]
  const move = (car: number, from: number, { to, energy }: { to: number; energy: number }) => {
    giveEnergy(site, room, { car, at: { slot: from, count }, energy: -energy })
    giveEnergy(site, room, { car, at: { slot: to, count }, energy })
  }
  const exchange = ({ slot, later, runner, starter }: Exchange): void => {
    if (!costsTheSame(runner, slot, later) || !costsTheSame(starter, slot, later) || later >= departs[starter]! || slot < arrives[runner]!)
      return
    const [a, b] = [cars[runner]!.station, cars[starter]!.station]
    const stationRoom = a === b ? Number.POSITIVE_INFINITY : Math.min(wh[(1 + a) * count + slot]!, wh[(1 + b) * count + later]!)
    const energies = [given[runner * count + later]!, given[starter * count + slot]!]
    const energy = Math.min(...energies, evseRoom(runner, slot), evseRoom(starter, later), stationRoom)
    if (energy <= 0) return
    move(runner, later, { to: slot, energy })
    move(starter, slot, { to: later, energy })
  }
  /** What a car draws just before a slot. */
  const before = (car: number, slot: number): number => {
    const { inForce } = cars[car]!
    return slot > 0 ? given[car * count + slot - 1]! : inForce ? powerAt(inForce, site.now) : 0
  }
  for (let slot = 0; slot < count; slot++) {
    const order = promised.toSorted((a, b) => before(b, slot) - before(a, slot) || a - b)
    for (const [place, runner] of order.entries()) {
      if (before(runner, slot) === 0) break
      // From the end, so that what is left of it stays together.
      for (let later = departs[runner]! - 1; later > slot && evseRoom(runner, slot) > 0; later--)
        if (given[runner * count + later]! > 0)
          for (const starter of order.slice(place + 1)) if (given[starter * count + slot]! > 0) exchange({ slot, later, runner, starter })
    }
  }
}
