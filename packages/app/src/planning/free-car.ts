import { powerAt, type SetPointSchedule, type SteeredCar } from '@voltway/domain/planning/steering'
import type { EvseToSteer, SessionToSteer } from '@voltway/store'
import { DAY, type EpochMs, epochMs, SECOND, watts } from '@voltway/units'
import { phasesOf, wholeAmperes } from './read-car.ts'

/** A car that said over its cable what it needs where no limit is shared: its station waits to be told something, so it is told that it may have all. */
export interface FreeCar {
  readonly evse: EvseToSteer
  readonly session: SessionToSteer
  readonly phases: 1 | 3
  readonly schedule: SetPointSchedule
}

const leastFrom = (schedule: SetPointSchedule, now: EpochMs): number =>
  schedule.periods.reduce<number>(
    (least, { startSeconds, power }) => (schedule.start + startSeconds * SECOND > now ? Math.min(least, power) : least),
    powerAt(schedule, now),
  )

/** All that its EVSE gives, as one power without an end; undefined where it said nothing, or was told so since. */
export const freeCarOf = (
  { terms, inForce, awaitsPlan }: SteeredCar,
  { session, evse, now }: { readonly session: SessionToSteer; readonly evse: EvseToSteer; readonly now: EpochMs },
): FreeCar | undefined => {
  if (!session.vehicleNeeds) return undefined
  const phases = phasesOf(session, evse)
  const most = evse.currentType === 'AC' ? (evse.maxPowerW * phases) / evse.phases : evse.maxPowerW
  const power = watts(wholeAmperes(most, terms))
  if (inForce && !awaitsPlan && leastFrom(inForce, now) >= power) return undefined
  const start = epochMs(Math.floor(now / SECOND) * SECOND)
  return { evse, session, phases, schedule: { start, periods: [{ startSeconds: 0, power }], exactUntil: epochMs(start + DAY) } }
}
