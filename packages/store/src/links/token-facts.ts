import type { ReservationState } from '@voltway/domain/reservations'
import type { DriverId, EpochMs, EvseId, IdTokenId, ReservationId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

/** A booked slot as the one who checks a token must see it. */
export interface BookedPlace {
  readonly id: ReservationId
  readonly number: number
  readonly code: string
  readonly driverId: DriverId
  readonly groupToken: string
  readonly driverState: 'active' | 'blocked'
  readonly atThisStation: boolean
  readonly evseId: EvseId
  readonly evse: number
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly state: ReservationState
  /** Another transaction than the one that asks names it. */
  readonly started: boolean
}

export interface KnownDriver {
  readonly driverId: DriverId
  readonly groupToken: string
  readonly state: 'active' | 'blocked'
}

export interface KnownCard {
  readonly id: IdTokenId
  readonly state: 'active' | 'blocked'
  readonly expiresAt: EpochMs | null
  readonly driver: KnownDriver | undefined
  /** This card has an open session at another station, or here in another transaction than the one that asks. */
  readonly openElsewhere: boolean
  readonly openHere: boolean
}

/** Who asks: a station, and the transaction for which it does, where there is one already. */
export interface TokenQuestion extends DirectoryEntry {
  readonly transactionId: string | undefined
}

const slot = ({ stationId, transactionId }: TokenQuestion) => sql`
  r.id, r.number, r.code, r.driver_id as "driverId", driver.group_token as "groupToken", driver.state as "driverState",
  r.station_id = ${stationId} as "atThisStation", evse.id as "evseId", evse.number as evse, r.starts_at as "startsAt", r.ends_at as "endsAt", r.state,
  exists (select from voltway.transaction_fact f where f.tenant_id = r.tenant_id and f.station_id = r.station_id
    and f.kind = 'transaction.started' and f.reservation_number = r.number and f.transaction_id <> ${transactionId ?? ''}) as started`
const booked = sql`
  voltway.reservation r
  join voltway.driver on driver.tenant_id = r.tenant_id and driver.id = r.driver_id
  join voltway.evse on evse.tenant_id = r.tenant_id and evse.id = r.evse_id`

/** The slot that a booking code opens, in whatever state it is; codes are stored in upper case. */
export const slotByCode = async (tx: Transaction<Tables>, question: TokenQuestion, code: string): Promise<BookedPlace | undefined> =>
  (
    await sql<BookedPlace>`select ${slot(question)} from ${booked} where r.tenant_id = ${question.tenantId} and r.code = ${code}`.execute(
      tx,
    )
  ).rows[0]

/** Who holds places at this station between two moments, and the reservation of a number that the station named. */
export const slotsHeld = async (
  tx: Transaction<Tables>,
  question: TokenQuestion,
  { from, to, number }: { readonly from: EpochMs; readonly to: EpochMs; readonly number: number | undefined },
): Promise<readonly BookedPlace[]> =>
  (
    await sql<BookedPlace>`
      select ${slot(question)} from ${booked}
      where r.tenant_id = ${question.tenantId} and r.station_id = ${question.stationId}
        and ((r.state in ('confirmed', 'pushed', 'active') and r.during && int8range(${from}, ${to})) or r.number = ${number ?? null}::integer)
      order by r.starts_at`.execute(tx)
  ).rows

/** The driver whose app presents this token; `hash` is the token's own, under which the app can be blocked like a card. */
export const driverByAppToken = async (
  tx: Transaction<Tables>,
  { tenantId }: DirectoryEntry,
  { text, hash }: { readonly text: string; readonly hash: Uint8Array },
): Promise<(KnownDriver & { readonly appState: 'active' | 'blocked' }) | undefined> =>
  (
    await sql<KnownDriver & { readonly appState: 'active' | 'blocked' }>`
      select driver.id as "driverId", driver.group_token as "groupToken", driver.state, coalesce(app.state, 'active') as "appState"
      from voltway.driver
      left join voltway.id_token app on app.tenant_id = driver.tenant_id and app.token_hash = ${hash} and app.driver_id = driver.id
      where driver.tenant_id = ${tenantId} and driver.app_token in (${text}, upper(${text}), lower(${text}))`.execute(tx)
  ).rows[0]

interface CardRow {
  readonly id: IdTokenId
  readonly state: 'active' | 'blocked'
  readonly expiresAt: EpochMs | null
  readonly driverId: DriverId | null
  readonly groupToken: string | null
  readonly driverState: 'active' | 'blocked' | null
  readonly openElsewhere: boolean
  readonly openHere: boolean
}

/** Sessions follow the facts after a moment: a stop that is written has ended its transaction, whatever the session still says. */
const goesOn = sql`s.ended_at is null and not exists (select from voltway.transaction_fact f where f.tenant_id = s.tenant_id
  and f.station_id = s.station_id and f.transaction_id = s.transaction_id and f.kind = 'transaction.ended')`

export const cardByHash = async (
  tx: Transaction<Tables>,
  { tenantId, stationId, transactionId }: TokenQuestion,
  hash: Uint8Array,
): Promise<KnownCard | undefined> => {
  const { rows } = await sql<CardRow>`
    select card.id, card.state, card.expires_at as "expiresAt", driver.id as "driverId", driver.group_token as "groupToken", driver.state as "driverState",
      exists (select from voltway.session s where s.tenant_id = card.tenant_id and s.id_token_id = card.id and ${goesOn}
        and s.station_id <> ${stationId}) as "openElsewhere",
      exists (select from voltway.session s where s.tenant_id = card.tenant_id and s.id_token_id = card.id and ${goesOn}
        and s.station_id = ${stationId} and s.transaction_id <> ${transactionId ?? ''}) as "openHere"
    from voltway.id_token card left join voltway.driver on driver.tenant_id = card.tenant_id and driver.id = card.driver_id
    where card.tenant_id = ${tenantId} and card.token_hash = ${hash}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const { driverId, groupToken, driverState, ...card } = row
  const driver = driverId && groupToken && driverState ? { driverId, groupToken, state: driverState } : undefined
  return { ...card, driver }
}
