import type { ToldNeeds } from '@voltway/domain/sessions'
import type { CurrentType } from '@voltway/domain/stations'
import {
  type ChargingStationId,
  DAY,
  type EpochMs,
  type EvseId,
  epochMs,
  type ReservationId,
  type SessionId,
  type SiteId,
  type TariffId,
  type TenantId,
} from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { hasLimits, type PhaseRotation, type SiteEnergy, siteEnergyColumns } from './site-energy.ts'
import { type SiteForecastRow, siteForecasts } from './site-forecasts.ts'

export interface SiteToSteer extends SiteEnergy {
  readonly id: SiteId
  readonly gridLimitW: number | null
  readonly tariffId: TariffId | null
  readonly timeZone: string
  /** False where stations only still hold what they were told before it was switched off. */
  readonly isOn: boolean
}

export interface EvseToSteer {
  readonly id: EvseId
  readonly siteId: SiteId
  readonly stationId: ChargingStationId
  readonly sharedLimitW: number | null
  readonly phaseLimitA: number | null
  readonly phaseRotation: PhaseRotation
  readonly capabilities: Readonly<Record<string, unknown>>
  readonly bootedAt: EpochMs | null
  readonly number: number
  readonly currentType: CurrentType
  readonly phases: 1 | 3
  readonly maxPowerW: number
  /** The default that we sent last, and what the station said to it. */
  readonly defaultStatus: string | null
  readonly defaultSentAt: EpochMs | null
}

/** A profile that a station said yes to. */
export interface ProfileInForce {
  readonly startsAt: EpochMs
  readonly exactUntil: EpochMs
  readonly phases: 1 | 3
  readonly schedule: unknown
  /** `cleared`: taken back since, so that nothing holds. */
  readonly status: 'accepted' | 'cleared'
}

export interface SessionToSteer {
  readonly id: SessionId
  readonly evseId: EvseId
  readonly transactionId: string
  readonly startedAt: EpochMs
  readonly importWh: number
  /** When the meter said so; null where it said nothing yet. */
  readonly importAt: EpochMs | null
  readonly powerW: number | null
  /** When that was measured: the last fact may be newer. */
  readonly powerAt: EpochMs | null
  readonly chargingState: string | null
  readonly socPercent: number | null
  readonly batteryWh: number | null
  readonly maxAcW: number | null
  readonly maxDcW: number | null
  readonly reservationId: ReservationId | null
  readonly reservedFrom: EpochMs | null
  readonly reservedUntil: EpochMs | null
  readonly plan: unknown
  /** What the car said it needs, over its cable. */
  readonly vehicleNeeds: ToldNeeds | null
  readonly inForce: ProfileInForce | null
  /** The last that was sent, accepted or not. */
  readonly lastStatus: string | null
  readonly lastSentAt: EpochMs | null
  readonly timesSent: number
}

/** An accepted plan whose car is still to come. */
export interface ReservationToSteer {
  readonly id: ReservationId
  readonly evseId: EvseId
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly plan: unknown
}

export interface SteeringState {
  readonly sites: readonly SiteToSteer[]
  readonly evses: readonly EvseToSteer[]
  readonly sessions: readonly SessionToSteer[]
  readonly reservations: readonly ReservationToSteer[]
  readonly forecasts: readonly SiteForecastRow[]
}

/** Where the operator did not switch it off and there is a limit of the site, the fuse of a station, or an accepted plan in use; and where stations still hold something of ours. */
const sitesToSteer = async (tx: Transaction<Tables>, tenantId: TenantId, only: readonly SiteId[] | 'all') =>
  (
    await sql<SiteToSteer>`
    select * from (
      select site.id, site.grid_limit_w as "gridLimitW", site.tariff_id as "tariffId", site.time_zone as "timeZone", ${siteEnergyColumns},
        coalesce(site.steering, true) and (${hasLimits} or exists (
          select from voltway.charging_station station
          join voltway.session s on s.tenant_id = station.tenant_id and s.station_id = station.id and s.ended_at is null
          where station.tenant_id = site.tenant_id and station.site_id = site.id
            and (s.reservation_id is not null or s.vehicle_needs is not null))) as "isOn"
      from voltway.site where site.tenant_id = ${tenantId} and ${only === 'all' ? sql`true` : sql`site.id = any (${[...only]}::uuid[])`}
    ) site
    where site."isOn" or exists (
      select from voltway.charging_station station
      join voltway.charging_profile p on p.tenant_id = station.tenant_id and p.station_id = station.id and p.status = 'accepted'
      left join voltway.session s on s.tenant_id = p.tenant_id and s.id = p.session_id
      where station.tenant_id = ${tenantId} and station.site_id = site.id and (p.purpose = 'evseDefault' or (s.id is not null and s.ended_at is null)))
    order by site.id`.execute(tx)
  ).rows

const evsesToSteer = async (tx: Transaction<Tables>, tenantId: TenantId, siteIds: readonly SiteId[]) =>
  (
    await sql<EvseToSteer>`
    select evse.id, station.site_id as "siteId", station.id as "stationId", station.shared_limit_w as "sharedLimitW",
      station.phase_limit_a as "phaseLimitA", evse.phase_rotation as "phaseRotation", station.capabilities,
      station.booted_at as "bootedAt", evse.number, evse.current_type as "currentType", evse.phases, evse.max_power_w as "maxPowerW",
      sent.status as "defaultStatus", sent.sent_at as "defaultSentAt"
    from voltway.charging_station station
    join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id
    left join lateral (
      select status, sent_at from voltway.charging_profile p
      where p.tenant_id = station.tenant_id and p.station_id = station.id and p.evse = evse.number and p.purpose = 'evseDefault'
      order by p.number desc limit 1
    ) sent on true
    where station.tenant_id = ${tenantId} and station.site_id = any (${[...siteIds]}::uuid[])
    order by station.id, evse.number`.execute(tx)
  ).rows

const sessionsToSteer = async (tx: Transaction<Tables>, tenantId: TenantId, siteIds: readonly SiteId[]) =>
  (
    await sql<SessionToSteer>`
    select s.id, s.evse_id as "evseId", s.transaction_id as "transactionId", s.started_at as "startedAt", s.import_wh as "importWh", s.import_at as "importAt", s.power_w as "powerW", s.power_at as "powerAt",
      s.charging_state as "chargingState", s.soc_percent as "socPercent", vehicle.battery_wh as "batteryWh",
      vehicle.max_ac_w as "maxAcW", vehicle.max_dc_w as "maxDcW", r.id as "reservationId", r.starts_at as "reservedFrom", r.ends_at as "reservedUntil", r.plan,
      s.vehicle_needs as "vehicleNeeds",
      force.profile as "inForce", last.status as "lastStatus", last.sent_at as "lastSentAt", coalesce(last.times, 0) as "timesSent"
    from voltway.charging_station station
    join voltway.session s on s.tenant_id = station.tenant_id and s.station_id = station.id and s.ended_at is null and s.evse_id is not null
    left join voltway.vehicle on vehicle.tenant_id = s.tenant_id and vehicle.id = s.vehicle_id
    left join voltway.reservation r on r.tenant_id = s.tenant_id and r.id = s.reservation_id
    left join lateral (
      select jsonb_build_object('startsAt', p.starts_at, 'exactUntil', p.exact_until, 'phases', p.phases, 'schedule', p.schedule, 'status', p.status) as profile
      from voltway.charging_profile p
      where p.tenant_id = s.tenant_id and p.session_id = s.id and p.status in ('accepted', 'cleared') and p.starts_at is not null
      order by p.number desc limit 1
    ) force on true
    left join lateral (
      select status, sent_at, (count(*) over ())::integer as times from voltway.charging_profile p
      where p.tenant_id = s.tenant_id and p.session_id = s.id order by p.number desc limit 1
    ) last on true
    where station.tenant_id = ${tenantId} and station.site_id = any (${[...siteIds]}::uuid[])
    order by s.started_at, s.id`.execute(tx)
  ).rows

const reservationsToSteer = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { evseIds, now, until }: { readonly evseIds: readonly EvseId[]; readonly now: EpochMs; readonly until: EpochMs },
) =>
  (
    await sql<ReservationToSteer>`
    select r.id, r.evse_id as "evseId", r.starts_at as "startsAt", r.ends_at as "endsAt", r.plan
    from voltway.reservation r
    where r.tenant_id = ${tenantId} and r.evse_id = any (${[...evseIds]}::uuid[]) and r.state in ('confirmed', 'pushed')
      and r.starts_at < ${until} and r.ends_at > ${now}
      and not exists (select from voltway.session s where s.tenant_id = r.tenant_id and s.reservation_id = r.id)
    order by r.starts_at, r.id`.execute(tx)
  ).rows

/** All that steering is decided from, for every site of a tenant that is to be steered, or for some of them. */
export const steeringState = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { now, until, only = 'all' }: { readonly now: EpochMs; readonly until: EpochMs; readonly only?: readonly SiteId[] | 'all' },
): Promise<SteeringState> => {
  const sites = only.length === 0 ? [] : await sitesToSteer(tx, tenantId, only)
  if (sites.length === 0) return { sites, evses: [], sessions: [], reservations: [], forecasts: [] }
  const siteIds = sites.map(({ id }) => id)
  const evses = await evsesToSteer(tx, tenantId, siteIds)
  const sessions = await sessionsToSteer(tx, tenantId, siteIds)
  const reservations = await reservationsToSteer(tx, tenantId, { evseIds: evses.map(({ id }) => id), now, until })
  const forecasts = await siteForecasts(tx, tenantId, { siteIds, from: now, to: epochMs(until + DAY) })
  return { sites, evses, sessions, reservations, forecasts }
}
