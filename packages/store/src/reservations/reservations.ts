import type { ReservationState } from '@voltway/domain/reservations'
import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, SessionId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { reservationAsker } from '../projections/due-reservations.ts'
import type { Tables } from '../tables.ts'

export interface ReservationListRow {
  readonly id: ReservationId
  readonly code: string
  readonly number: number
  readonly state: ReservationState
  readonly stateCause: string | null
  readonly siteId: SiteId
  readonly siteName: string
  readonly timeZone: string
  readonly stationId: ChargingStationId
  readonly stationName: string
  readonly evseId: EvseId
  readonly evseCode: string
  readonly evseNumber: number
  readonly evseSide: 'left' | 'right' | null
  readonly standards: readonly string[] | null
  readonly driverId: DriverId
  readonly driverName: string
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly plan: unknown
  readonly wish: Readonly<Record<string, unknown>>
  readonly sessionId: SessionId | null
  readonly createdAt: EpochMs
  readonly trouble: ReservationTrouble | null
  /** What the station answered, where it refused: its own word. */
  readonly troubleDetail: string | null
}

/**
 * What is wrong with a reservation. `unused`: it was released because nobody came; `stationOffline`: it is due and no station can be
 * asked to hold it; `refusedByStation`: the station was asked last and did not take it.
 */
export type ReservationTrouble = 'unused' | 'stationOffline' | 'refusedByStation'

export interface ReservationFilter {
  readonly id?: ReservationId | undefined
  readonly driverId?: DriverId | undefined
  readonly evseId?: EvseId | undefined
  readonly stationId?: ChargingStationId | undefined
  readonly siteId?: SiteId | undefined
  readonly state?: string | undefined
  /** Overlapping [from, to). */
  readonly from?: EpochMs | undefined
  readonly to?: EpochMs | undefined
  /** Only those with trouble. */
  readonly inError?: boolean | undefined
  /** Which ones a station ought to hold by now: begun by then, and not over; without it only `unused` is known as trouble. */
  readonly due?: { readonly by: EpochMs; readonly now: EpochMs } | undefined
  readonly before?: { readonly at: number; readonly id: string } | undefined
  readonly limit?: number | undefined
}

/** Offline stations are not asked; a command that is still queued is no answer yet. */
const troubleOf = (due: ReservationFilter['due']) => sql`
    left join lateral (
      select command.state, command.error, command.answer->>'status' as status from voltway.station_command command
      where reservation.state = 'confirmed' and reservation.starts_at <= ${due?.by ?? null}::bigint
        and command.tenant_id = reservation.tenant_id and command.station_id = reservation.station_id and command.requested_at >= reservation.created_at and command.requested_by = ${reservationAsker('')} || reservation.id::text
      order by command.requested_at desc limit 1
    ) asked on true
    cross join lateral (
      select case
        when reservation.state = 'released' then 'unused'
        when reservation.state <> 'confirmed' or reservation.ends_at <= ${due?.now ?? null}::bigint then null
        when reservation.starts_at <= ${due?.by ?? null}::bigint
          and (station.connected_at is null or station.disconnected_at >= station.connected_at) then 'stationOffline'
        when asked.state in ('failed', 'expired') or asked.state = 'answered' and asked.status is distinct from 'Accepted' then 'refusedByStation'
      end as code
    ) trouble`

/** Reservations with everything a list shows, latest slot first. */
export const listReservations = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  filter: ReservationFilter,
): Promise<readonly ReservationListRow[]> => {
  const { rows } = await sql<ReservationListRow>`
    select reservation.id, reservation.code, reservation.number, reservation.state, reservation.state_cause as "stateCause", site.id as "siteId",
      site.name as "siteName", site.time_zone as "timeZone", reservation.station_id as "stationId", station.name as "stationName",
      reservation.evse_id as "evseId", evse.code as "evseCode", evse.number as "evseNumber", evse.side as "evseSide",
      (select array_agg(connector.standard order by connector.number) from voltway.connector
       where connector.tenant_id = evse.tenant_id and connector.evse_id = evse.id) as standards,
      reservation.driver_id as "driverId", person.name as "driverName", reservation.starts_at as "startsAt", reservation.ends_at as "endsAt",
      reservation.plan, reservation.wish, reservation.session_id as "sessionId", reservation.created_at as "createdAt",
      trouble.code as trouble, case when trouble.code = 'refusedByStation' then coalesce(asked.status, asked.error) end as "troubleDetail"
    from voltway.reservation
    join voltway.charging_station station on station.tenant_id = reservation.tenant_id and station.id = reservation.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    join voltway.evse on evse.tenant_id = reservation.tenant_id and evse.id = reservation.evse_id
    join voltway.driver on driver.tenant_id = reservation.tenant_id and driver.id = reservation.driver_id
    join voltway.person on person.tenant_id = driver.tenant_id and person.id = driver.person_id
    ${troubleOf(filter.due)}
    where reservation.tenant_id = ${tenantId}
      and (${filter.id ?? null}::uuid is null or reservation.id = ${filter.id ?? null}::uuid)
      and (${filter.driverId ?? null}::uuid is null or reservation.driver_id = ${filter.driverId ?? null}::uuid)
      and (${filter.evseId ?? null}::uuid is null or reservation.evse_id = ${filter.evseId ?? null}::uuid)
      and (${filter.stationId ?? null}::uuid is null or reservation.station_id = ${filter.stationId ?? null}::uuid)
      and (${filter.siteId ?? null}::uuid is null or site.id = ${filter.siteId ?? null}::uuid)
      and (${filter.state ?? null}::text is null or reservation.state = ${filter.state ?? null}::text)
      and (${filter.from ?? null}::bigint is null or reservation.ends_at > ${filter.from ?? null}::bigint)
      and (${filter.to ?? null}::bigint is null or reservation.starts_at < ${filter.to ?? null}::bigint)
      and (not ${filter.inError ?? false}::boolean or trouble.code is not null)
      and (${filter.before?.at ?? null}::bigint is null
        or (reservation.starts_at, reservation.id) < (${filter.before?.at ?? null}::bigint, ${filter.before?.id ?? null}::uuid))
    order by reservation.starts_at desc, reservation.id desc
    limit ${filter.limit ?? 1}`.execute(tx)
  return rows
}

export interface BusySlot {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Slots of some EVSEs that are held and overlap [from, to). */
export const busySlotsOf = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { evseIds, from, to }: BusySlot & { readonly evseIds: readonly EvseId[] },
): Promise<readonly (BusySlot & { readonly evseId: EvseId })[]> => {
  const { rows } = await sql<BusySlot & { readonly evseId: EvseId }>`
    select evse_id as "evseId", starts_at as "from", ends_at as "to"
    from voltway.reservation
    where tenant_id = ${tenantId} and evse_id = any (${[...evseIds]}::uuid[]) and state in ('confirmed', 'pushed', 'active')
      and during && int8range(${from}, ${to})
    order by evse_id, starts_at`.execute(tx)
  return rows
}

/** Slots of an EVSE that are held and overlap [from, to), in order; they never overlap one another. */
export const busySlots = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { evseId, from, to }: BusySlot & { readonly evseId: EvseId },
): Promise<readonly BusySlot[]> => {
  const { rows } = await sql<BusySlot>`
    select starts_at as "from", ends_at as "to"
    from voltway.reservation
    where tenant_id = ${tenantId} and evse_id = ${evseId} and state in ('confirmed', 'pushed', 'active') and during && int8range(${from}, ${to})
    order by starts_at`.execute(tx)
  return rows
}
