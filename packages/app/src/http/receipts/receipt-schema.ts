import { type Static, Type } from 'typebox'
import { Instant, Money, Uuid, WattHours } from '../schemas/common.ts'
import { named } from '../schemas/ref.ts'

const Time = Type.Object({ at: Instant, local: Type.String({ description: 'Wall clock of the site' }) })

export const ReceiptView = named(
  'Receipt',
  Type.Object({
    sessionId: Uuid,
    number: Type.Integer(),
    issuedAt: Time,
    startedAt: Time,
    chargingEndedAt: Time,
    endedAt: Time,
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
    lines: Type.Array(
      Type.Object({
        dimension: Type.String(),
        label: Type.String(),
        quantity: Type.Number(),
        unit: Type.String(),
        unitPrice: Money,
        amount: Money,
      }),
    ),
    net: Money,
    vat: Money,
    vatRatePpm: Type.String(),
    total: Money,
    plan: Type.Optional(
      Type.Object({
        kind: Type.String(),
        start: Time,
        end: Time,
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
