import { type Static, Type } from 'typebox'
import { Instant, Money, Uuid, WattHours } from '../schemas/common.ts'
import { CostView } from '../schemas/cost.ts'
import { named, ref } from '../schemas/ref.ts'

export const ReceiptView = named(
  'Receipt',
  Type.Object({
    sessionId: Uuid,
    number: Type.Integer(),
    issuedAt: Instant,
    startedAt: Instant,
    chargingEndedAt: Instant,
    endedAt: Instant,
    connectedSeconds: Type.Integer(),
    chargingSeconds: Type.Integer(),
    timeZone: Type.String(),
    operator: Type.Object({ name: Type.String(), address: Type.Optional(Type.String()), vatNumber: Type.Optional(Type.String()) }),
    station: Type.Object({ name: Type.String(), siteName: Type.String(), address: Type.Optional(Type.String()), evse: Type.String() }),
    driverName: Type.Optional(Type.String()),
    vehicle: Type.Optional(Type.String()),
    importWh: WattHours,
    exportWh: WattHours,
    socStart: Type.Optional(Type.Number()),
    socEnd: Type.Optional(Type.Number()),
    stopReason: Type.Optional(Type.String()),
    tariffName: Type.String(),
    pricesIncludeVat: Type.Boolean(),
    cost: ref(CostView),
    plan: Type.Optional(
      Type.Object({
        kind: Type.String(),
        start: Instant,
        end: Instant,
        acceptedWh: WattHours,
        chargedWh: WattHours,
        accepted: Money,
        charged: Money,
        difference: Money,
      }),
    ),
  }),
)
export type ReceiptView = Static<typeof ReceiptView>
