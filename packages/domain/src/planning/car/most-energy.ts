import type { CarStage } from './car-stage.ts'
import { searchEnergies } from './search-car.ts'
import { type Found, WEIGHTS } from './search-setting.ts'

export interface EnergySearch {
  /** So much cannot be paid for. */
  readonly below: number
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  /** The plan for one energy, with a search of its own; undefined where it cannot be paid for. */
  readonly searchAt: (energy: number) => Found | undefined
  /** The same of what was found for an energy. */
  readonly settle: (energy: number, found: Found | undefined) => Found | undefined
}

/** Each look is at so many energies. */
const LOOK = 36

interface Most {
  readonly energy: number
  readonly found: Found | undefined
}

/** By a search of its own for each energy that is tried. */
const byHalving = ({ below, searchAt }: EnergySearch): Found | undefined => {
  let [low, high, best] = [0, below - 1, undefined as Found | undefined]
  while (low < high) {
    const energy = Math.ceil((low + high) / 2)
    const found = searchAt(energy)
    if (found) [best, low] = [found, energy]
    else high = energy - 1
  }
  return best
}

/**
 * The most energy, in whole Wh, that a plan can give: looked for among many energies of one table, then ever closer between the
 * largest that can be paid for and the next, down to single Wh. The first look is a rough one: what it finds is a plan, what it does
 * not find may be one.
 */
export const mostEnergy = (stage: CarStage, search: EnergySearch): Found | undefined => {
  const { below, minimum, searchAt, settle } = search
  if (stage.lastPart || stage.wish.uninterrupted || below < LOOK) return byHalving(search)
  const least = minimum?.energy ?? 0
  let most: Most = { energy: least, found: least > 0 ? searchAt(least) : undefined }
  // Below the minimum all of the energy is due by its hour.
  if (least > 0 && !most.found) return byHalving({ ...search, below: least })
  const ask = { minimum, goal: 'cheapest', weights: WEIGHTS.cheapest, cap: Number.POSITIVE_INFINITY } as const
  /** Looks between what can be paid for and a bound. @returns the least that was looked at and cannot be paid for */
  const look = (bound: number, isRough: boolean): number => {
    const step = Math.ceil((bound - most.energy) / (LOOK + 1))
    const targets = Array.from({ length: Math.ceil((bound - most.energy) / step) - 1 }, (_, place) => most.energy + (place + 1) * step)
    const found = searchEnergies(stage, ask, { targets, isRough })
    let high = bound
    for (let [first, last] = [0, targets.length - 1]; first <= last; ) {
      const middle = (first + last) >>> 1
      const energy = targets[middle]!
      const settled = settle(energy, found(middle))
      if (settled) [most, first] = [{ energy, found: settled }, middle + 1]
      else [high, last] = [energy, middle - 1]
    }
    return high
  }
  const width = below - least > LOOK ? 2 * (look(below, true) - most.energy) : 1
  for (let high = below; high - most.energy > 1; ) {
    const near = Math.min(high, most.energy + Math.max(LOOK + 1, width))
    const next = look(near, false)
    // What is only as near as was looked at is no bound.
    if (next < near || near === high) high = next
  }
  return most.found
}
