import { PHASE_VOLTS } from '@voltway/domain/planning/steering'
import type { VehicleSchedule } from '@voltway/domain/sessions'
import { after, type EpochMs, SECOND, watts } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { type NotifyEVChargingScheduleRequest, notifyEVChargingSchedule } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { vehicleFact } from '../vehicle-fact.ts'

type Period = NotifyEVChargingScheduleRequest['chargingSchedule']['chargingSchedulePeriod'][number]

/** Without a number of phases, three are meant (K01.FR.28). */
const powerOf = ({ limit, numberPhases = 3 }: Period, unit: 'A' | 'W') => watts(unit === 'W' ? limit : limit * numberPhases * PHASE_VOLTS)

const scheduleOf = ({ timeBase, chargingSchedule }: NotifyEVChargingScheduleRequest, receivedAt: EpochMs): VehicleSchedule => {
  const start = stationTime(timeBase, receivedAt) ?? receivedAt
  const { duration, chargingRateUnit, chargingSchedulePeriod } = chargingSchedule
  return {
    start,
    end: duration === undefined ? undefined : after(start, duration * SECOND),
    periods: chargingSchedulePeriod
      .map((period) => ({ startSeconds: period.startPeriod, power: powerOf(period, chargingRateUnit) }))
      .toSorted((a, b) => a.startSeconds - b.startSeconds),
  }
}

/** OCPP 2.0.1, K15.FR.09 and K17.FR.09: kept beside the plan, for everybody to see whether the car means to follow it. */
export const onNotifyEVChargingSchedule = handles(notifyEVChargingSchedule, async (request, context) => {
  const facts = await vehicleFact(request.evseId, { word: 'schedule', schedule: scheduleOf(request, context.receivedAt) }, context)
  const status = facts.length > 0 ? ('Accepted' as const) : ('Rejected' as const)
  return { facts, reply: { status } }
})
