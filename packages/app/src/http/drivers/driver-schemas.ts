import type { DriverRow, IdTokenRow, VehicleRow } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { given } from '../given.ts'
import { Instant, OneOf, Text, Uuid } from '../schemas/common.ts'
import { named } from '../schemas/ref.ts'
import { iso } from '../views/times.ts'

export const DriverView = named(
  'Driver',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    email: Type.Optional(Type.String()),
    phone: Type.Optional(Type.String()),
    locale: Type.String(),
    state: Type.String(),
    createdAt: Instant,
    counts: Type.Object({ vehicles: Type.Integer(), tokens: Type.Integer(), sessions: Type.Integer() }),
  }),
)
export const driverView = ({ vehicles, tokens, sessions, ...row }: DriverRow): Static<typeof DriverView> =>
  given({
    id: row.id,
    name: row.name,
    email: row.email,
    phone: row.phone,
    locale: row.locale,
    state: row.state,
    createdAt: isoOf(row.createdAt),
    counts: { vehicles, tokens, sessions },
  })

const STANDARDS = ['IEC_62196_T1', 'IEC_62196_T2', 'IEC_62196_T1_COMBO', 'IEC_62196_T2_COMBO', 'CHADEMO', 'DOMESTIC'] as const
export const Power = Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'W' })
/** What a driver says of a car. */
export const vehicleFields = {
  label: Text(80),
  batteryWh: Type.Integer({ minimum: 1_000, maximum: 5_000_000, description: 'Wh' }),
  maxAcW: Power,
  maxDcW: Type.Optional(Power),
  connectorStandards: Type.Array(OneOf(STANDARDS), { minItems: 1, maxItems: STANDARDS.length }),
}
export const NewVehicle = Type.Object(vehicleFields)
export type NewVehicle = Static<typeof NewVehicle>
export const VehicleView = named('Vehicle', Type.Object({ id: Uuid, ...vehicleFields, connectorStandards: Type.Array(Type.String()) }))
export const vehicleView = ({ driverId: _, connectorStandards, ...row }: VehicleRow): Static<typeof VehicleView> =>
  given({ ...row, connectorStandards: [...connectorStandards] })

export const TokenView = named(
  'IdToken',
  Type.Object({
    id: Uuid,
    lastFour: Type.String({ description: 'All that is shown of it' }),
    type: Type.String(),
    label: Type.String(),
    driverId: Type.Optional(Uuid),
    driverName: Type.Optional(Type.String()),
    state: Type.String(),
    expiresAt: Type.Optional(Instant),
    createdAt: Instant,
    lastUsedAt: Type.Optional(Instant),
  }),
)
export const tokenView = (row: IdTokenRow): Static<typeof TokenView> =>
  given({ ...row, expiresAt: iso(row.expiresAt), createdAt: isoOf(row.createdAt), lastUsedAt: iso(row.lastUsedAt) })
