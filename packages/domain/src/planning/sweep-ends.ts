import type { GridCell } from './price-grid.ts'

/** What is charged, whatever the window: energy in W·ms, so that all sums of energy are whole numbers. */
export interface Charge {
  readonly wattMs: number
  readonly power: number
  /** Most that energy and time may come to; a window is also tried at the very moment at which it comes to this. */
  readonly moneyCap: number
}

const WATT_MS_PER_KWH = 3.6e9

/** Energy chosen so far by price, cheapest first; equal prices are one entry. */
interface Chosen {
  readonly perKwh: number
  wattMs: number
}

const choose = (chosen: Chosen[], perKwh: number, wattMs: number): void => {
  let low = 0
  for (let high = chosen.length; low < high; ) {
    const middle = (low + high) >>> 1
    if (chosen[middle]!.perKwh < perKwh) low = middle + 1
    else high = middle
  }
  const same = chosen[low]
  if (same?.perKwh === perKwh) same.wattMs += wattMs
  else chosen.splice(low, 0, { perKwh, wattMs })
}

/**
 * For a plan that starts with cell `first`: every end that can be the best, with the least money for energy and time up to
 * it. As the end moves on inside a cell, the energy charged there replaces the dearest chosen before; the money is a convex,
 * piecewise linear function of the end, so a best end lies where a replaced price is used up, where the energy is first
 * complete, or where the money falls to the cap. O(cells * (log cells + replacements)).
 */
export const sweepEnds = (cells: readonly GridCell[], first: number, charge: Charge, offer: (end: number, money: number) => void): void => {
  const { wattMs, power, moneyCap } = charge
  const chosen: Chosen[] = []
  let energy = 0
  let energyMoney = 0
  let timeMoney = 0
  for (let index = first; index < cells.length; index++) {
    const { from, to, perKwh, perMinute } = cells[index]!
    const capacity = power * (to - from)
    const moneyAt = (taken: number) => energyMoney / WATT_MS_PER_KWH + timeMoney + (perMinute * taken) / power / 60_000
    let taken = Math.min(wattMs - energy, capacity)
    energy += taken
    energyMoney += taken * perKwh
    if (taken > 0 && energy === wattMs) offer(from + Math.ceil(taken / power), moneyAt(taken))
    while (energy === wattMs && taken < capacity) {
      const dearest = chosen.at(-1)
      if (!dearest || dearest.perKwh <= perKwh) break
      const moved = Math.min(dearest.wattMs, capacity - taken)
      const before = moneyAt(taken)
      energyMoney -= moved * (dearest.perKwh - perKwh)
      const after = moneyAt(taken + moved)
      if (before > moneyCap && after < moneyCap) {
        const atCap = Math.ceil((moved * (before - moneyCap)) / (before - after))
        offer(from + Math.ceil((taken + atCap) / power), moneyCap)
      }
      taken += moved
      dearest.wattMs -= moved
      if (dearest.wattMs === 0) chosen.pop()
      offer(from + Math.ceil(taken / power), after)
    }
    if (taken > 0) choose(chosen, perKwh, taken)
    timeMoney += (perMinute * (to - from)) / 60_000
  }
}
