import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ChargingStationId, DriverId, EpochMs, EvseId, Result, TenantId } from '@voltway/units'
import { fail, MINUTE, ok } from '@voltway/units'
import type { PlanView } from '../schemas/plan.ts'

/** A plan that was shown to one driver for one connector, and what they had asked. */
export interface Offer {
  readonly tenantId: TenantId
  readonly driverId: DriverId
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly evseCode: string
  readonly plan: PlanView
  readonly wish: Readonly<Record<string, unknown>>
  readonly expiresAt: EpochMs
}

/** Prices stay as they were shown for this long. */
export const OFFER_TTL = 15 * MINUTE

const signatureOf = (payload: string, key: Uint8Array) => createHmac('sha256', key).update(`offer:${payload}`).digest()

/** An offer as its driver carries it: readable, and worthless when a character is changed. */
export const signOffer = (offer: Offer, key: Uint8Array): string => {
  const payload = Buffer.from(JSON.stringify(offer)).toString('base64url')
  return `${payload}.${signatureOf(payload, key).toString('base64url')}`
}

export interface OfferCheck {
  readonly key: Uint8Array
  readonly now: EpochMs
  readonly tenantId: TenantId
  readonly driverId: DriverId
}

/** Reads an offer of ours, for the driver that it was made to. */
export const readOffer = (text: string, { key, now, tenantId, driverId }: OfferCheck): Result<Offer, 'OFFER_INVALID' | 'OFFER_EXPIRED'> => {
  const [payload = '', signature = '', ...more] = text.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = signatureOf(payload, key)
  if (more.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return fail('OFFER_INVALID')
  // Signed by us, so it has the shape that we gave it.
  const offer: Offer = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  if (offer.tenantId !== tenantId || offer.driverId !== driverId) return fail('OFFER_INVALID')
  return offer.expiresAt > now ? ok(offer) : fail('OFFER_EXPIRED')
}
