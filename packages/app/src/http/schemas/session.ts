import { type Static, Type } from 'typebox'
import { Instant, Money, Uuid, WattHours, Watts } from './common.ts'
import { CostView } from './cost.ts'
import { PlanView } from './plan.ts'
import { named, ref } from './ref.ts'

export const SessionView = named(
  'Session',
  Type.Object({
    id: Uuid,
    state: Type.String(),
    chargingState: Type.Optional(Type.String()),
    stationId: Uuid,
    stationName: Type.String(),
    siteId: Uuid,
    siteName: Type.String(),
    timeZone: Type.String(),
    evseId: Type.Optional(Uuid),
    evseLabel: Type.Optional(Type.String()),
    evseCode: Type.Optional(Type.String()),
    driverId: Type.Optional(Uuid),
    driverName: Type.Optional(Type.String()),
    vehicleId: Type.Optional(Uuid),
    vehicleLabel: Type.Optional(Type.String()),
    tokenLastFour: Type.Optional(Type.String()),
    reservationId: Type.Optional(Uuid),
    reservationCode: Type.Optional(Type.String()),
    startedAt: Instant,
    endedAt: Type.Optional(Instant),
    chargingEndedAt: Type.Optional(Instant),
    importWh: WattHours,
    exportWh: WattHours,
    powerW: Type.Optional(Watts),
    socStart: Type.Optional(Type.Number()),
    socPercent: Type.Optional(Type.Number()),
    stopReason: Type.Optional(Type.String()),
    stopRequestedAt: Type.Optional(Instant),
    idleFee: Type.Optional(
      Type.Object({ perMinute: Money, graceMinutes: Type.Number() }, { description: 'What staying costs after charging' }),
    ),
    heldReasons: Type.Array(Type.String()),
    outcome: Type.Optional(Type.String()),
    cost: Type.Optional(ref(CostView)),
    plan: Type.Optional(ref(PlanView)),
    endsBy: Type.Optional(Instant),
    unlocked: Type.Boolean({
      description: 'The plug can be pulled: the station said so, or its transaction is over and it says nothing of locks',
    }),
    unlockedAt: Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'When the station said that the plug was unlocked' })),
    plug: Type.Optional(
      Type.Unsafe<'locked' | 'unlocked'>({
        type: 'string',
        enum: ['locked', 'unlocked'],
        description: 'What the station said last of the lock of the plug; absent where it says nothing',
      }),
    ),
    receiptNumber: Type.Optional(Type.Integer()),
  }),
)
export type SessionView = Static<typeof SessionView>

export const SessionSeriesView = named(
  'SessionSeries',
  Type.Object({
    points: Type.Array(
      Type.Object({
        at: Instant,
        powerW: Type.Optional(Watts),
        importWh: WattHours,
        exportWh: WattHours,
        socPercent: Type.Optional(Type.Number()),
        costMicros: Type.String(),
      }),
    ),
    planned: Type.Array(Type.Object({ from: Instant, to: Instant, powerW: Watts })),
    prices: Type.Array(
      Type.Object({ from: Instant, to: Instant, perKwh: Type.Unsafe<{ currency: string; micros: string }>({ $ref: 'Money#' }) }),
    ),
    allowed: Type.Optional(
      Type.Array(Type.Object({ from: Instant, to: Instant, powerW: Watts }), {
        description: 'What the site allowed and allows this car over time, where it is steered',
      }),
    ),
    solar: Type.Optional(
      Type.Array(Type.Object({ from: Instant, to: Instant, powerW: Watts }), {
        description: 'What the site’s panels are forecast to give, as far as the session is planned',
      }),
    ),
    limitW: Type.Optional(Type.Unsafe<number>({ ...Watts, description: 'The most that the connector gives' })),
    steering: Type.Optional(
      Type.Object(
        { allowedW: Watts, shortfallWh: WattHours, code: Type.String() },
        { description: 'What the site’s plan holds for it now, and why: codes as in the plan of the site' },
      ),
    ),
  }),
)
export type SessionSeriesView = Static<typeof SessionSeriesView>
