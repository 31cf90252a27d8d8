import type { ReservationListRow } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { given } from '../given.ts'
import { Problem } from '../problems.ts'
import type { ReservationView } from '../schemas/reservation.ts'
import { evseLabel } from './evse-label.ts'
import { storedPlan } from './plan-view.ts'

export const reservationView = (row: ReservationListRow): ReservationView => {
  const plan = storedPlan(row.plan)
  if (!plan) throw new Problem('INTERNAL', 'The plan of this reservation cannot be read.')
  return given({
    id: row.id,
    code: row.code,
    state: row.state,
    stateCause: row.stateCause,
    trouble: row.trouble,
    troubleDetail: row.troubleDetail,
    siteId: row.siteId,
    siteName: row.siteName,
    timeZone: row.timeZone,
    stationId: row.stationId,
    stationName: row.stationName,
    evseId: row.evseId,
    evseCode: row.evseCode,
    evseLabel: evseLabel({ standards: row.standards ?? [], side: row.evseSide }),
    driverId: row.driverId,
    driverName: row.driverName,
    startsAt: isoOf(row.startsAt),
    endsAt: isoOf(row.endsAt),
    plan,
    wish: row.wish,
    sessionId: row.sessionId,
    createdAt: isoOf(row.createdAt),
  })
}
