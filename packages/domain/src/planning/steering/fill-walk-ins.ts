import { type FairClaim, fairPowers } from './fair-powers.ts'
import type { FittedPowers } from './fitted-powers.ts'
import { inTerms } from './round-set-points.ts'
import { departSlot, type SlotGrid } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'
import { mostOn, switchHold } from './switching.ts'

export interface WalkIn {
  readonly car: number
  readonly need: number
  /** It charges, and may not be paused any more: its turn does not end while there is room. */
  readonly keepsOn: boolean
}

/** Nothing is worth a turn that gives less. */
const WORTH_WH = 50

/** Phases of a walk-in that can be switched, slot by slot; changed in place. */
interface WalkInSwitch {
  phases: 1 | 3 | undefined
  /** The first slot in which it may be switched again. */
  freeFrom: number
  readonly leastHold: number
}

const openSwitch = (site: SteeredSite, grid: SlotGrid, car: number): WalkInSwitch => {
  const { inUse, heldFor, leastHold } = switchHold(site.cars[car]!, grid, site.now)
  return { phases: inUse, freeFrom: heldFor, leastHold }
}

/**
 * Three phases for those whose fair share is enough for three, one for the others, as far as they may be switched already. Who gets
 * nothing either way is not switched. @returns the shares
 */
const choosePhases = (at: {
  readonly there: readonly WalkIn[]
  readonly slot: number
  readonly switches: ReadonlyMap<number, WalkInSwitch>
  readonly fitted: FittedPowers
  readonly sharesNow: () => readonly number[]
}): readonly number[] => {
  const { there, slot, switches, fitted, sharesNow } = at
  const open = new Set(there.map(({ car }) => car).filter((car) => slot >= (switches.get(car)?.freeFrom ?? Number.POSITIVE_INFINITY)))
  for (const car of open) fitted.setPhases(car, slot, 3)
  let shares = sharesNow()
  for (;;) {
    const short = there.filter(({ car }, index) => open.has(car) && shares[index]! < fitted.termsIn(car, slot).minimum)
    if (short.length === 0) break
    for (const { car } of short) {
      open.delete(car)
      fitted.setPhases(car, slot, 1)
    }
    shares = sharesNow()
  }
  for (const [index, { car }] of there.entries())
    if (shares[index]! === 0 && switches.has(car)) fitted.setPhases(car, slot, switches.get(car)!.phases ?? 3)
  return shares
}

/**
 * Notes the phases on which a car has power in a slot. One that was told nothing yet has waited on those that it begins on: to begin is
 * no switch.
 */
const keepPhases = (fitted: FittedPowers, own: WalkInSwitch, { car, slot }: { readonly car: number; readonly slot: number }): void => {
  const phases = fitted.phasesIn(car, slot)
  if (own.phases === undefined) for (let before = 0; before < slot; before++) fitted.setPhases(car, before, phases)
  else if (own.phases !== phases) own.freeFrom = slot + own.leastHold
  own.phases = phases
}

/**
 * Walk-ins in what is left of every limit, slot by slot: as even as can be, each at its minimum or above; where that is too little
 * for all, those first who have had least. Steps that rounding left over go to the first who can take them.
 */
export const fillWalkIns = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly walkIns: readonly WalkIn[]; readonly fitted: FittedPowers },
): void => {
  const { walkIns, fitted } = at
  const { count } = grid
  const owed = new Map(walkIns.map(({ car, need }) => [car, need]))
  const switches = new Map(walkIns.flatMap(({ car }) => (site.cars[car]!.switching ? [[car, openSwitch(site, grid, car)] as const] : [])))
  const had = (car: number, need: number) => site.cars[car]!.delivered + need - owed.get(car)!
  for (let slot = 0; slot < count; slot++) {
    const there = walkIns
      .filter(({ car, need }) => owed.get(car)! > Math.min(WORTH_WH, need - 1) && slot < departSlot(grid, site.cars[car]!.wish))
      .sort((a, b) => Number(b.keepsOn) - Number(a.keepsOn) || had(a.car, a.need) - had(b.car, b.need) || a.car - b.car)
    for (const [car, { phases }] of switches) fitted.setPhases(car, slot, phases ?? 3)
    if (there.length === 0) continue
    const mostOf = (car: number) => {
      const { isResting } = site.cars[car]!
      const most = mostOn(site.cars[car]!, fitted.phasesIn(car, slot))
      return isResting ? Math.min(most, fitted.termsIn(car, slot).minimum) : most
    }
    const sharesNow = () => {
      const claims = there.map(
        ({ car }): FairClaim => ({ uses: fitted.usesIn(car, slot), minimum: fitted.termsIn(car, slot).minimum, maximum: mostOf(car) }),
      )
      return fairPowers(
        claims,
        Array.from({ length: fitted.left.length / count }, (_, row) => fitted.left[row * count + slot]!),
      )
    }
    const shares = switches.size === 0 ? sharesNow() : choosePhases({ there, slot, switches, fitted, sharesNow })
    for (const [index, { car }] of there.entries()) fitted.set(car, slot, inTerms(fitted.termsIn(car, slot), shares[index]!))
    for (const { car } of there) {
      const most = inTerms(fitted.termsIn(car, slot), Math.min(mostOf(car), fitted.roomFor(car, slot)))
      if (most > fitted.power[car * count + slot]!) fitted.set(car, slot, most)
      const own = switches.get(car)
      if (own && fitted.power[car * count + slot]! > 0) keepPhases(fitted, own, { car, slot })
    }
    for (const { car } of there) {
      const energy = fitted.energyIn(car, slot)
      const left = owed.get(car)!
      if (energy > left) fitted.share[car * count + slot] = left / energy
      owed.set(car, left - Math.min(left, energy))
    }
  }
}
