import { fairPowers } from './fair-powers.ts'
import type { FittedPowers } from './fitted-powers.ts'
import type { LimitRows } from './limit-rows.ts'
import { inTerms } from './round-set-points.ts'
import { departSlot, type SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

export interface WalkIn {
  readonly car: number
  readonly need: number
  /** It charges, and may not be paused any more: its turn does not end while there is room. */
  readonly keepsOn: boolean
}

/** Nothing is worth a turn that gives less. */
const WORTH_WH = 50

/**
 * Walk-ins in what is left of every limit, slot by slot: as even as can be, each at its minimum or above; where that is too little
 * for all, those first who have had least. Steps that rounding left over go to the first who can take them.
 */
export const fillWalkIns = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly walkIns: readonly WalkIn[]; readonly rows: LimitRows; readonly fitted: FittedPowers },
): void => {
  const { walkIns, rows, fitted } = at
  const { count } = grid
  const owed = new Map(walkIns.map(({ car, need }) => [car, need]))
  const had = (car: number, need: number) => site.cars[car]!.delivered + need - owed.get(car)!
  for (let slot = 0; slot < count; slot++) {
    const there = walkIns
      .filter(({ car, need }) => owed.get(car)! > Math.min(WORTH_WH, need - 1) && slot < departSlot(grid, site.cars[car]!.wish))
      .sort((a, b) => Number(b.keepsOn) - Number(a.keepsOn) || had(a.car, a.need) - had(b.car, b.need) || a.car - b.car)
    if (there.length === 0) continue
    const mostOf = (car: number) => {
      const { isResting, maxPower, terms } = site.cars[car]!
      return isResting ? Math.min(maxPower, terms.minimum) : maxPower
    }
    const claims = there.map(({ car }) => ({ uses: rows.uses[car]!, minimum: site.cars[car]!.terms.minimum, maximum: mostOf(car) }))
    const shares = fairPowers(
      claims,
      Array.from({ length: fitted.left.length / count }, (_, row) => fitted.left[row * count + slot]!),
    )
    for (const [index, { car }] of there.entries()) fitted.set(car, slot, inTerms(site.cars[car]!.terms, shares[index]!))
    for (const { car } of there) {
      const most = inTerms(site.cars[car]!.terms, Math.min(mostOf(car), fitted.roomFor(car, slot)))
      if (most > fitted.power[car * count + slot]!) fitted.set(car, slot, most)
    }
    for (const { car } of there) {
      const energy = fitted.energyIn(car, slot)
      const left = owed.get(car)!
      if (energy > left) fitted.share[car * count + slot] = left / energy
      owed.set(car, left - Math.min(left, energy))
    }
  }
}
