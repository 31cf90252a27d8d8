import { type EpochMs, MINUTE } from '@voltway/units'
import { lastSwitch, phasesAt } from './set-point-schedule.ts'
import { arriveSlot, type SlotGrid } from './slot-grid.ts'
import type { SetPointTerms, SteeredCar } from './steered-site.ts'

/** From one switch to the next: contactors wear, and at each the car pauses for a moment. */
const LEAST_HOLD = 30 * MINUTE

/** How rarely a car may be switched, in slots. */
export interface SwitchHold {
  readonly leastHold: number
  /** Undefined where it was told nothing yet: it begins with either. */
  readonly inUse: 1 | 3 | undefined
  /** Slots from the first on in which it stays as it is. */
  readonly heldFor: number
}

/** From what a car's station was told last, how long it must stay on its phases yet. */
export const switchHold = ({ inForce }: SteeredCar, grid: SlotGrid, now: EpochMs): SwitchHold => {
  const leastHold = Math.ceil(LEAST_HOLD / grid.slotLength)
  const inUse = inForce && phasesAt(inForce, now)
  const last = inForce && lastSwitch(inForce, now)
  const heldFor = last === undefined || inUse === undefined ? 0 : Math.ceil((last + LEAST_HOLD - grid.start) / grid.slotLength)
  return { leastHold, inUse, heldFor: Math.max(0, heldFor) }
}

/** The same for a window that begins later. */
export const holdFrom = (car: SteeredCar, grid: SlotGrid, now: EpochMs): SwitchHold => {
  const hold = switchHold(car, grid, now)
  return { ...hold, heldFor: Math.max(0, hold.heldFor - arriveSlot(grid, car.wish)) }
}

/** How a car takes its limits on so many phases. */
export const termsOn = ({ terms, switching }: SteeredCar, phases: 1 | 3): SetPointTerms => (phases === 1 && switching?.terms) || terms

/** The most that it takes on so many: one phase carries what each of three does. */
export const mostOn = ({ maxPower, switching }: SteeredCar, phases: 1 | 3): number =>
  phases === 1 && switching ? Math.max(switching.terms.minimum, maxPower / 3) : maxPower
