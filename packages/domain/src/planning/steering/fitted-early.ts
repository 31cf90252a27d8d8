import type { Anticipation } from './anticipate.ts'
import type { FittedPowers } from './fitted-powers.ts'
import { baseOf } from './full-stage.ts'
import { type GivenEarly, giveEarly } from './give-early.ts'
import type { LimitRows } from './limit-rows.ts'
import { carHours, pricesAtStart, type SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

/** Gives energy early in set-points that are fitted already: in whole steps, under every limit and phase, and below the planned peak. */
export const fittedEarly = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly anticipation: Anticipation; readonly rows: LimitRows; readonly fitted: FittedPowers },
): GivenEarly => {
  const { anticipation, rows, fitted } = at
  const { count } = grid
  const base = baseOf(site, grid, rows)
  const prices = pricesAtStart(grid, site.prices)
  const feedIn = site.surroundings?.feedInPerKwh ?? 0
  const drawn = (slot: number) => base[slot]! + rows.limits[slot]! - fitted.left[slot]!
  let peak: number = site.demandCharge?.peakSoFar ?? 0
  for (let slot = 0; slot < count; slot++) peak = Math.max(peak, drawn(slot))
  const belowPeak = (slot: number) => (site.demandCharge ? peak - drawn(slot) : Number.POSITIVE_INFINITY)
  /** So much of a slot as a power in whole steps, and for what share of it. */
  const put = (car: number, slot: number, energy: number) => {
    const terms = fitted.termsIn(car, slot)
    const hours = carHours(grid, site.cars[car]!.wish, slot)
    const power = energy <= 0 ? 0 : Math.max(terms.minimum, Math.ceil(energy / hours / terms.step - 1e-6) * terms.step)
    fitted.set(car, slot, power)
    fitted.share[car * count + slot] = power === 0 ? 1 : Math.min(1, energy / (power * hours))
  }
  return giveEarly(site, grid, {
    anticipation,
    plan: {
      energyIn: fitted.energyIn,
      roomFor: (car, slot) => Math.min(fitted.roomFor(car, slot), fitted.power[car * count + slot]! + belowPeak(slot)),
      give: (car, slot, energy) => put(car, slot, fitted.energyIn(car, slot) + energy),
      take: (car, slot, energy) => {
        const had = fitted.energyIn(car, slot)
        if (had - energy < 1) fitted.set(car, slot, 0)
        else fitted.share[car * count + slot]! *= 1 - energy / had
      },
      priceAt: (slot) => (drawn(slot) < 0 ? Math.min(feedIn, prices[slot]!) : prices[slot]!),
    },
  })
}
