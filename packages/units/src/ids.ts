import type { EpochMs } from './time.ts'

declare const id: unique symbol

/** A UUIDv7 that carries what it names in its type. */
export type Id<Name extends string> = string & { readonly [id]: Name }

export type TenantId = Id<'Tenant'>
export type SiteId = Id<'Site'>
export type ChargingStationId = Id<'ChargingStation'>
export type EvseId = Id<'Evse'>
export type DriverId = Id<'Driver'>
export type VehicleId = Id<'Vehicle'>
export type IdTokenId = Id<'IdToken'>
export type ContractId = Id<'Contract'>
export type TrustAnchorId = Id<'TrustAnchor'>
export type TariffId = Id<'Tariff'>
export type ReservationId = Id<'Reservation'>
export type SessionId = Id<'Session'>

/** Fills a buffer with random bytes: `node:crypto` in programs, a seeded source in tests. */
export type RandomBytes = (count: number) => Uint8Array

/** RFC 9562 UUIDv7: 48 bits of the injected clock, then 74 random bits, so ids sort by time. */
export const uuidv7 = <Name extends string>(now: EpochMs, random: RandomBytes): Id<Name> => {
  const bytes = random(16)
  for (let index = 0, rest: number = now; index < 6; index++, rest = Math.floor(rest / 256)) bytes[5 - index] = rest % 256
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Name>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string) => UUID.test(text)
