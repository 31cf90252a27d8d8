import { type EpochMs, energyOver, epochMs, MINUTE, milliseconds, type WattHours, wattHours } from '@voltway/units'
import { energyWithin } from './set-point-schedule.ts'
import type { SteeredCar } from './steered-site.ts'

/** A reading that is older says nothing of now. */
const READING_AGE = 5 * MINUTE

/** What a car has had by now: its last reading, and since then what its station was told, as far as the car can take it. */
export const deliveredBy = ({ delivered, deliveredAt, inForce, maxPower, isResting }: SteeredCar, now: EpochMs): WattHours => {
  if (!inForce || isResting || deliveredAt >= now) return delivered
  const from = epochMs(Math.max(deliveredAt, now - READING_AGE))
  const most = energyOver(maxPower, milliseconds(now - from))
  return wattHours(Math.round(delivered + Math.min(most, energyWithin(inForce, from, now))))
}
