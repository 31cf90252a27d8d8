import type { ChargeWish } from '@voltway/domain/planning'
import { CONNECTOR_STANDARDS } from '@voltway/domain/stations'
import type { EvseRow, VehicleRow } from '@voltway/store'
import { type EpochMs, epochMs, HOUR, MINUTE, type Watts, wattHours, watts } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { Problem } from '../problems.ts'
import { BigDecimal, Instant, OneOf, Text, Uuid } from '../schemas/common.ts'
import { instant } from '../views/times.ts'
import { CarOptions } from './car-options.ts'

const Percent = Type.Number({ minimum: 0, maximum: 100 })

/** The driver's form: when, how long or until when, and how much. */
const wishFields = {
  arrival: Type.Optional(Instant),
  durationMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_080 })),
  departure: Type.Optional(Instant),
  energyWh: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000_000 })),
  targetSocPercent: Type.Optional(Percent),
  socPercent: Type.Optional(Percent),
  vehicleId: Type.Optional(Uuid),
  priceCapMicros: Type.Optional(BigDecimal),
  waitingMicrosPerHour: Type.Optional(BigDecimal),
}
export const WishBody = Type.Object({ evseCode: Text(40), ...wishFields, ...CarOptions })

const { durationMinutes: _, ...anywhere } = wishFields
/** The same where the driver does not mind which connector; how much is needed, since the time depends on the charger. */
export const NetworkWish = Type.Object({
  ...anywhere,
  near: Type.Optional(
    Type.Object(
      { latitude: Type.Number({ minimum: -90, maximum: 90 }), longitude: Type.Number({ minimum: -180, maximum: 180 }) },
      { description: 'Where the driver would be else: ways are counted from here' },
    ),
  ),
  wayMicrosPerKm: Type.Optional(Type.String({ ...BigDecimal, description: 'What a km off the way costs; 0.30 unless told' })),
  standards: Type.Optional(Type.Array(OneOf(CONNECTOR_STANDARDS), { description: 'Of a car that is not told', maxItems: 20 })),
})
export type NetworkWish = Static<typeof NetworkWish>
export type WishBody = Static<typeof WishBody>

/** Of what the meter counts, how much reaches a battery. */
export const EFFICIENCY = 0.9

/** The least of charger and car. */
export const powerOf = (evse: EvseRow, vehicle: VehicleRow | undefined): Watts => {
  if (!vehicle) return watts(evse.maxPowerW)
  return watts(Math.min(evse.maxPowerW, evse.currentType === 'AC' ? vehicle.maxAcW : (vehicle.maxDcW ?? 0)))
}

const invalid = (path: string, message: string) =>
  new Problem('REQUEST_INVALID', `${path} ${message}.`, { errors: [{ path: `body.${path}`, message }] })

/** Wh that a form asks for. @throws Problem naming the field */
export const energyOf = (
  body: Omit<WishBody, 'evseCode'>,
  { vehicle, power }: { readonly vehicle: VehicleRow | undefined; readonly power: number },
) => {
  if (body.energyWh !== undefined) return body.energyWh
  if (body.targetSocPercent === undefined) {
    if (body.durationMinutes === undefined) throw invalid('energyWh', 'or a target or a duration is needed')
    return Math.floor((power * body.durationMinutes) / 60)
  }
  if (!vehicle) throw invalid('vehicleId', 'is needed for a target state of charge')
  if (body.socPercent === undefined) throw invalid('socPercent', 'is needed for a target state of charge')
  if (body.targetSocPercent <= body.socPercent) throw invalid('targetSocPercent', 'must be above socPercent')
  return Math.ceil(((body.targetSocPercent - body.socPercent) / 100) * (vehicle.batteryWh / EFFICIENCY))
}

/** What the planner is asked for a form: gaps filled with now, the time the energy needs, and four hours to wait in. @throws Problem naming the field */
export const chargeWish = (
  body: WishBody,
  { evse, vehicle, now }: { readonly evse: EvseRow; readonly vehicle: VehicleRow | undefined; readonly now: EpochMs },
): ChargeWish => {
  const power = powerOf(evse, vehicle)
  const asked = body.arrival === undefined ? now : instant(body.arrival, 'body.arrival')
  if (asked > now + 90 * 24 * HOUR) throw invalid('arrival', 'must be within 90 days')
  const arrival = epochMs(Math.max(asked, now))
  const energy = energyOf(body, { vehicle, power })
  const needed = power > 0 ? Math.ceil((energy / power) * HOUR) : HOUR
  const until = body.departure === undefined ? undefined : instant(body.departure, 'body.departure')
  if (until !== undefined && until <= arrival) throw invalid('departure', 'must be after arrival')
  const stay = until === undefined ? needed : Math.min(needed, until - arrival)
  const durationMs = Math.max(MINUTE, body.durationMinutes === undefined ? stay : body.durationMinutes * MINUTE)
  const departure = until ?? epochMs(arrival + Math.max(durationMs, needed) + 4 * HOUR)
  if (departure < arrival + durationMs) throw invalid('durationMinutes', 'does not fit before departure')
  return {
    arrival,
    durationMs,
    energy: wattHours(energy),
    departure,
    ...(body.priceCapMicros !== undefined && { priceCapMicros: BigInt(body.priceCapMicros) }),
    ...(body.waitingMicrosPerHour !== undefined && { waitingMicrosPerHour: BigInt(body.waitingMicrosPerHour) }),
  }
}
