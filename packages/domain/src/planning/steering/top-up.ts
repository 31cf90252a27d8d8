import type { FittedPowers } from './fitted-powers.ts'
import { arriveSlot, carHours, departSlot, type SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

/** Less than this is left as it is. */
const WORTH_WH = 10

export interface TopUp {
  readonly car: number
  readonly need: number
  readonly isOpen: ((slot: number) => boolean) | undefined
  /** Only where it charges, or beside that. */
  readonly keepsRuns: boolean
}

interface Ways {
  /** Of a kWh more in a slot, as things stand. */
  readonly priceAt: (slot: number) => number
  /** Most W that a car may have in a slot for other reasons than its limits. */
  readonly mostAt: (car: number, slot: number) => number
}

const energyOf = (fitted: FittedPowers, car: number, slots: number): number => {
  let sum = 0
  for (let slot = 0; slot < slots; slot++) sum += fitted.energyIn(car, slot)
  return sum
}

/** Ends a car's last turns early by what is too much. */
const trim = (fitted: FittedPowers, { car, excess }: { readonly car: number; readonly excess: number }, count: number): void => {
  let over = excess
  for (let slot = count - 1; slot >= 0 && over > WORTH_WH / 10; slot--) {
    const energy = fitted.energyIn(car, slot)
    if (energy <= 0) continue
    if (energy <= over) fitted.set(car, slot, 0)
    else fitted.share[car * count + slot]! *= 1 - over / energy
    over -= energy
  }
}

/**
 * A slot that has partly gone gives less than was planned for it, and whole steps give more: what a car lacks is added in the
 * cheapest slots that still take a step, and what it has too much is taken off its end.
 */
export const topUp = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly fitted: FittedPowers; readonly want: TopUp; readonly ways: Ways },
): void => {
  const { fitted, want, ways } = at
  const { car, need, isOpen, keepsRuns } = want
  const { wish } = site.cars[car]!
  const [first, end] = [arriveSlot(grid, wish), departSlot(grid, wish)]
  const powerIn = (slot: number) => (slot < first || slot >= end ? 0 : fitted.power[car * grid.count + slot]!)
  const mayUse = (slot: number) =>
    (isOpen?.(slot) ?? true) && (!keepsRuns || powerIn(slot) > 0 || powerIn(slot - 1) > 0 || powerIn(slot + 1) > 0)
  const full = new Set<number>()
  let lacks = need - energyOf(fitted, car, grid.count)
  while (lacks > WORTH_WH) {
    let best: number | undefined
    for (let slot = first; slot < end; slot++)
      if (!full.has(slot) && mayUse(slot) && (best === undefined || ways.priceAt(slot) < ways.priceAt(best))) best = slot
    if (best === undefined) break
    const hours = carHours(grid, wish, best)
    const had = powerIn(best)
    const terms = fitted.termsIn(car, best)
    const wanted = Math.max(terms.minimum, Math.ceil((had + lacks / hours) / terms.step - 1e-9) * terms.step)
    const most = Math.floor(Math.min(fitted.roomFor(car, best), ways.mostAt(car, best)) / terms.step + 1e-9) * terms.step
    const next = Math.min(wanted, most)
    full.add(best)
    if (next < terms.minimum || next <= had) continue
    fitted.set(car, best, next)
    lacks -= (next - had) * hours
  }
  if (lacks < 0) trim(fitted, { car, excess: -lacks }, grid.count)
}
