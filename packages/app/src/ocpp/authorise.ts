import { checkStart, releaseAt, START_RULES, type StartRefusal } from '@voltway/domain/reservations'
import {
  type BookedPlace,
  cardByHash,
  type Database,
  driverByAppToken,
  type KnownDriver,
  slotByCode,
  slotsHeld,
  type TokenQuestion,
} from '@voltway/store'
import { after, type EpochMs, type EvseId } from '@voltway/units'
import { canonicalIdToken, hashIdToken } from '../identity/hash-id-token.ts'
import type { Authorisation, AuthorisationStatus } from './authorisation.ts'
import type { PresentedToken } from './handler.ts'
import type { StationTarget } from './station-gateway.ts'

type Tx = Parameters<Parameters<Database['inTenant']>[1]>[0]

export interface TokenAtStation extends StationTarget, PresentedToken {
  readonly now: EpochMs
  readonly hmacKey: Uint8Array
}

const REFUSED: Readonly<Record<StartRefusal, AuthorisationStatus>> = {
  wrongBooking: 'invalid',
  wrongEvse: 'notAtThisLocation',
  tooEarly: 'notAtThisTime',
  expired: 'expired',
  alreadyUsed: 'concurrent',
  cancelled: 'invalid',
}
const refuse = (status: AuthorisationStatus, reason: string): Authorisation => ({ status, reason })

/**
 * What a token may do at a station: a booking code opens its slot, a driver's own token or card any EVSE that nobody else holds.
 * The contract's order is kept: a code before an app token before a card.
 */
export async function authorise(tx: Tx, token: TokenAtStation): Promise<Authorisation> {
  const text = canonicalIdToken(token.idToken)
  if (text === '') return refuse('invalid', 'emptyToken')
  const question: TokenQuestion = { tenantId: token.tenantId, stationId: token.stationId, transactionId: token.transactionId }
  const booked = await slotByCode(tx, question, text)
  if (booked) return authoriseBooking(tx, booked, token)
  const hash = hashIdToken(text, token.hmacKey)
  const driver = await driverByAppToken(tx, question, { text: token.idToken.trim(), hash })
  if (driver?.appState === 'blocked') return refuse('blocked', 'blockedApp')
  if (driver) return authoriseDriver(tx, driver, token)

  const card = await cardByHash(tx, question, hash)
  if (!card) return refuse('invalid', 'unknownToken')
  if (card.state === 'blocked') return refuse('blocked', 'blockedCard')
  if (card.expiresAt !== null && card.expiresAt <= token.now) return refuse('expired', 'expiredCard')
  if (card.openElsewhere || (card.openHere && token.purpose === 'start')) return refuse('concurrent', 'cardInUse')
  const expiresAt = card.expiresAt ?? undefined
  return { ...(await authoriseDriver(tx, card.driver, token)), ...(expiresAt !== undefined && { expiresAt }) }
}

async function authoriseBooking(tx: Tx, booked: BookedPlace, token: TokenAtStation): Promise<Authorisation> {
  if (booked.driverState === 'blocked') return refuse('blocked', 'blockedDriver')
  if (!booked.atThisStation) return refuse('notAtThisLocation', 'wrongStation')
  if (token.reservationNumber !== undefined && token.reservationNumber !== booked.number) return refuse('invalid', 'wrongBooking')
  // The driver comes back with the same code to stop.
  if (booked.state === 'active' && token.purpose === 'present') return acceptBooking(booked)
  if (booked.started && token.purpose === 'start') return refuse('concurrent', 'alreadyUsed')
  const start = checkStart({ reservations: [checkable(booked)], evse: evseAsked(booked, token), now: token.now, token: booked.driverId })
  if (!start.ok)
    return refuse(start.failure === 'alreadyUsed' && booked.state === 'completed' ? 'invalid' : REFUSED[start.failure], start.failure)
  const others = (await heldNow(tx, token, booked.evse)).filter(({ id }) => id !== booked.id)
  return others.length > 0 ? refuse('notAtThisTime', 'reservedForSomebody') : acceptBooking(booked)
}

const acceptBooking = ({ groupToken, driverId, id, number }: BookedPlace): Authorisation => ({
  status: 'accepted',
  reason: 'booking',
  groupIdToken: groupToken,
  driverId,
  reservationId: id,
  reservationNumber: number,
})

/** A known driver, or nobody's card that the operator let in. */
async function authoriseDriver(tx: Tx, driver: KnownDriver | undefined, token: TokenAtStation): Promise<Authorisation> {
  if (driver?.state === 'blocked') return refuse('blocked', 'blockedDriver')
  const accepted: Authorisation = { status: 'accepted', reason: 'token', groupIdToken: driver?.groupToken, driverId: driver?.driverId }
  const { evse, now, purpose, reservationNumber } = token
  if (purpose !== 'start' || evse === undefined || evse === 0) return accepted
  const near = await slotsHeld(tx, questionOf(token), { from: now, to: after(now, START_RULES.earlyMs), number: reservationNumber })
  if (reservationNumber !== undefined && near.some(({ number, driverId }) => number === reservationNumber && driverId !== driver?.driverId))
    return refuse('invalid', 'wrongBooking')
  const own = near.filter(({ driverId, evse: place }) => driverId === driver?.driverId && place === evse)
  const start = checkStart({ reservations: own.map(checkable), evse: own[0]?.evseId ?? NO_EVSE, now, token: driver?.driverId ?? '' })
  const others = near.filter((slot) => slot.evse === evse && slot.driverId !== driver?.driverId && holds(slot, now))
  if (others.length > 0) return refuse('notAtThisTime', 'reservedForSomebody')
  const used = start.ok ? near.find(({ id }) => id === start.value.id) : undefined
  return used && !used.started ? { ...acceptBooking(used), reason: 'ownSlot' } : accepted
}

const questionOf = ({ tenantId, stationId, transactionId }: TokenAtStation): TokenQuestion => ({ tenantId, stationId, transactionId })

const heldNow = async (tx: Tx, token: TokenAtStation, evse: number) => {
  const slots = await slotsHeld(tx, questionOf(token), { from: token.now, to: after(token.now, 1), number: undefined })
  return slots.filter((slot) => slot.evse === evse && holds(slot, token.now))
}

/** Whether a slot keeps others away at a moment: it has begun, is not over, and was not given up. */
const holds = ({ state, startsAt, endsAt }: BookedPlace, now: EpochMs) =>
  startsAt <= now &&
  now < endsAt &&
  (state === 'active' || ((state === 'confirmed' || state === 'pushed') && now <= releaseAt({ start: startsAt, end: endsAt })))

const NO_EVSE = '' as EvseId
/** 1.6 Authorize names no connector: the booking's own is meant then. */
const evseAsked = ({ evse, evseId }: BookedPlace, token: TokenAtStation): EvseId =>
  token.evse === undefined || token.evse === evse ? evseId : NO_EVSE

const checkable = ({ id, number, evseId, driverId, state, startsAt, endsAt }: BookedPlace) =>
  ({ id, number, evse: evseId, token: driverId, state, start: startsAt, end: endsAt }) as const
