import { vehiclesCharging } from '@voltway/store'
import { epochMs, isoOf } from '@voltway/units'
import { Type } from 'typebox'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { Instant, Uuid, WattHours, Watts } from '../schemas/common.ts'

export const vehiclesChargingRoute = route({
  id: 'vehiclesCharging',
  method: 'GET',
  url: '/vehicles/charging',
  summary: "Each plugged-in car's state of charge now, and that of all together",
  access: 'sessions:read',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        sessionId: Uuid,
        vehicleId: Type.Optional(Uuid),
        vehicleLabel: Type.Optional(Type.String()),
        batteryWh: Type.Optional(WattHours),
        socPercent: Type.Optional(Type.Number()),
        powerW: Type.Optional(Watts),
        importWh: WattHours,
        stationId: Uuid,
        stationName: Type.String(),
        siteName: Type.String(),
        evseNumber: Type.Optional(Type.Integer()),
        chargingState: Type.Optional(Type.String()),
        startedAt: Instant,
      }),
    ),
    overallSocPercent: Type.Optional(Type.Number()),
  }),
  async handle({ caller: { tenantId }, tx }) {
    const rows = await vehiclesCharging(tx, tenantId)
    return given({
      items: rows.map((row) => given({ ...row, startedAt: isoOf(epochMs(row.startedAt)) })),
      overallSocPercent: overallSoc(rows),
    })
  },
})

/** State of charge over all batteries, weighed by their size where it is known. */
export const overallSoc = (
  rows: readonly { readonly socPercent: number | null; readonly batteryWh: number | null }[],
): number | undefined => {
  const known = rows.flatMap(({ socPercent, batteryWh }) => (socPercent === null ? [] : [{ socPercent, weight: batteryWh ?? 60_000 }]))
  const weight = known.reduce((sum, one) => sum + one.weight, 0)
  return weight === 0 ? undefined : Math.round((known.reduce((sum, one) => sum + one.socPercent * one.weight, 0) / weight) * 10) / 10
}
