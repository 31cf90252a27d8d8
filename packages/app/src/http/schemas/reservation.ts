import { type Static, Type } from 'typebox'
import { Instant, Json, Uuid } from './common.ts'
import { PlanView } from './plan.ts'
import { named, ref } from './ref.ts'

export const ReservationView = named(
  'Reservation',
  Type.Object({
    id: Uuid,
    code: Type.String(),
    state: Type.String(),
    stateCause: Type.Optional(Type.String()),
    trouble: Type.Optional(Type.String({ description: 'unused, stationOffline or refusedByStation; told to operators' })),
    troubleDetail: Type.Optional(Type.String({ description: 'What the station answered when it was asked to hold it' })),
    siteId: Uuid,
    siteName: Type.String(),
    timeZone: Type.String(),
    stationId: Uuid,
    stationName: Type.String(),
    evseId: Uuid,
    evseCode: Type.String(),
    evseLabel: Type.String(),
    driverId: Uuid,
    driverName: Type.Optional(Type.String()),
    startsAt: Instant,
    endsAt: Instant,
    plan: ref(PlanView),
    wish: Json,
    sessionId: Type.Optional(Uuid),
    createdAt: Instant,
  }),
)
export type ReservationView = Static<typeof ReservationView>
