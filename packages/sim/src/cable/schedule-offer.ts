import { seconds, watts } from '@voltway/units'
import type { ScheduleOffer } from '@voltway/vehicle'
import { compositeSchedule } from '../charging/composite-schedule.ts'
import type { SimEvse, StationCore } from '../station/core.ts'
import { limitContext } from '../station/supply.ts'

/** A day, where the car does not say when it leaves; ISO 15118-2 wants a schedule to reach that far. */
const DAY_SECONDS = 86_400
/** ISO 15118-2 has room for so many intervals. */
const MOST_INTERVALS = 12

/** What the station's charging profiles leave for a car, as one schedule. */
export const scheduleOffer = (core: StationCore, evse: SimEvse, departureSeconds: number | undefined): ScheduleOffer => {
  const durationSeconds = Math.max(60, Math.ceil(departureSeconds ?? DAY_SECONDS))
  const { maxPowerW } = evse.template
  const periods = compositeSchedule(core.profiles, limitContext(evse), { from: core.clock.now(), durationSeconds, maxPowerW })
  const kept = periods.slice(0, MOST_INTERVALS)
  const power = kept.map(({ startSeconds, limitW }) => ({ start: seconds(startSeconds), maxPower: watts(Math.round(limitW)) }))
  const last = power.at(-1)
  const ended = last ? [...power.slice(0, -1), { ...last, duration: seconds(durationSeconds - last.start) }] : power
  return { id: 1, power: ended }
}
