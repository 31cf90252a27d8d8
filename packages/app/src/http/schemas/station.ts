import { type Static, Type } from 'typebox'
import { Instant, Json, OneOf, Text, Uuid, WattHours, Watts } from './common.ts'
import { named, ref } from './ref.ts'

const CurrentType = OneOf(['AC', 'DC'] as const)
const Side = OneOf(['left', 'right'] as const)
const Standard = OneOf(['IEC_62196_T1', 'IEC_62196_T2', 'IEC_62196_T1_COMBO', 'IEC_62196_T2_COMBO', 'CHADEMO', 'DOMESTIC'] as const)
const Power = Type.Integer({ minimum: 1, maximum: 10_000_000, description: 'W' })

export const EvseView = named(
  'Evse',
  Type.Object({
    id: Uuid,
    code: Type.String({ description: 'Public: on the QR code' }),
    number: Type.Integer(),
    label: Type.String(),
    currentType: CurrentType,
    maxPowerW: Watts,
    phases: Type.Integer(),
    side: Type.Optional(Side),
    connectors: Type.Array(
      Type.Object({ number: Type.Integer(), standard: Type.String(), maxPowerW: Watts, cableAttached: Type.Boolean() }),
    ),
    status: Type.String(),
    statusSince: Type.Optional(Instant),
    statusError: Type.Optional(Type.String()),
    session: Type.Optional(
      Type.Object({ id: Uuid, powerW: Watts, importWh: WattHours, socPercent: Type.Optional(Type.Number()), startedAt: Instant }),
    ),
    nextReservation: Type.Optional(Type.Object({ id: Uuid, startsAt: Instant, endsAt: Instant })),
    tariffId: Type.Optional(Uuid),
  }),
)
export type EvseView = Static<typeof EvseView>

const stationView = {
  id: Uuid,
  siteId: Uuid,
  siteName: Type.String(),
  name: Type.String(),
  online: Type.Boolean(),
  ocppVersion: Type.Optional(Type.String()),
  vendor: Type.Optional(Type.String()),
  model: Type.Optional(Type.String()),
  serial: Type.Optional(Type.String()),
  firmware: Type.Optional(Type.String()),
  lastSeenAt: Type.Optional(Instant),
  connectedAt: Type.Optional(Instant),
  sharedLimitW: Type.Optional(Watts),
  evses: Type.Array(ref(EvseView)),
  openAlarms: Type.Integer(),
}
export const StationView = named('Station', Type.Object(stationView))
export type StationView = Static<typeof StationView>

export const StationDetailView = named(
  'StationDetail',
  Type.Object({
    ...stationView,
    identity: Type.String({ description: 'The OCPP identity: for operators only' }),
    openAccess: Type.Boolean(),
    registration: Type.String(),
    inboundMode: Type.String(),
    variables: Type.Integer(),
    capabilities: Json,
  }),
)
export type StationDetailView = Static<typeof StationDetailView>

/** An EVSE as an operator describes it. */
export const NewEvse = named(
  'NewEvse',
  Type.Object({
    number: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
    currentType: CurrentType,
    maxPowerW: Power,
    phases: Type.Optional(Type.Unsafe<1 | 3>({ type: 'integer', enum: [1, 3] })),
    side: Type.Optional(Side),
    tariffId: Type.Optional(Uuid),
    connectors: Type.Array(
      Type.Object({ standard: Standard, maxPowerW: Type.Optional(Power), cableAttached: Type.Optional(Type.Boolean()) }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
)

export const Identity = Type.String({ pattern: '^[A-Za-z0-9*._=@|-]{1,48}$', description: 'OCPP identity, unique in the installation' })

export const NewStation = named(
  'NewStation',
  Type.Object({
    siteId: Uuid,
    name: Text(),
    identity: Identity,
    sharedLimitW: Type.Optional(Power),
    openAccess: Type.Optional(Type.Boolean({ description: 'No password (security profile 0): only on a trusted network' })),
    evses: Type.Array(ref(NewEvse), { minItems: 1, maxItems: 50 }),
  }),
)
export type NewStation = Static<typeof NewStation>
