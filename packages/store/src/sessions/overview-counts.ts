import type { EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface OverviewCounts {
  readonly stations: number
  readonly online: number
  readonly evses: Readonly<Record<string, number>>
  readonly sessionsActive: number
  readonly powerW: number
  readonly vehiclesChargedToday: number
  readonly energyTodayWh: number
  readonly currency: string | null
  /** Of the sessions that ended today, as far as they are billed; where there are several currencies, the one that brought most. */
  readonly revenueTodayMicros: string
}

/** From its first instant until before the first of the next. */
export interface Day {
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * The operator's figures at one look. Vehicles, energy and revenue are of the sessions that ended within `today`, each counted whole
 * on the day of its end: the three figures speak of the same sessions, whenever a receipt was issued.
 */
export const overviewCounts = async (tx: Transaction<Tables>, tenantId: TenantId, today: Day): Promise<OverviewCounts> => {
  const endedToday = sql`session.tenant_id = ${tenantId} and session.ended_at >= ${today.from} and session.ended_at < ${today.to}`
  const { rows } = await sql<OverviewCounts>`
    select
      (select count(*)::int from voltway.charging_station where tenant_id = ${tenantId}) as stations,
      (select count(*)::int from voltway.charging_station
       where tenant_id = ${tenantId} and connected_at is not null and coalesce(disconnected_at, 0) < connected_at) as online,
      (select coalesce(jsonb_object_agg(status, count), '{}')
       from (select status, count(*)::int as count from voltway.evse where tenant_id = ${tenantId} group by status) counted) as evses,
      (select count(*)::int from voltway.session where tenant_id = ${tenantId} and ended_at is null) as "sessionsActive",
      (select coalesce(sum(power_w), 0) from voltway.session where tenant_id = ${tenantId} and ended_at is null) as "powerW",
      today.vehicles as "vehiclesChargedToday", today.energy as "energyTodayWh",
      coalesce(billed.currency, (select currency from voltway.site where tenant_id = ${tenantId} order by id limit 1)) as currency,
      coalesce(billed.micros, 0)::text as "revenueTodayMicros"
    from (
      select count(*) filter (where import_wh > 0)::int as vehicles, coalesce(sum(import_wh), 0)::float8 as energy
      from voltway.session where ${endedToday}
    ) today
    left join lateral (
      select cdr.currency, sum(cdr.total_micros) as micros
      from voltway.session join voltway.cdr on cdr.tenant_id = session.tenant_id and cdr.session_id = session.id
      where ${endedToday} group by cdr.currency order by 2 desc limit 1
    ) billed on true`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('an aggregate always has one row')
  return row
}

export interface NeedRow {
  readonly kind: 'alarm' | 'held' | 'offline' | 'faulted'
  /** An alarm's kind, a fault's code. */
  readonly detail: string
  /** Why a session is held. */
  readonly reasons: readonly string[]
  /** What an alarm came with. */
  readonly alarm: Readonly<Record<string, unknown>> | null
  readonly alarmId: string | null
  readonly stationId: string | null
  readonly stationName: string | null
  /** Which of its station is faulted, by its number there. */
  readonly evse: number | null
  readonly sessionId: string | null
  readonly since: EpochMs
}

/** What waits for a person, newest first: alarms, held sessions, stations without a link, faulted EVSEs. */
export const listNeeds = async (tx: Transaction<Tables>, tenantId: TenantId): Promise<readonly NeedRow[]> => {
  const { rows } = await sql<NeedRow>`
    select * from (
      select 'alarm' as kind, alarm.kind as detail, '{}'::text[] as reasons, alarm.detail as alarm, alarm.id as "alarmId", alarm.station_id as "stationId", station.name as "stationName",
        null::int as evse, alarm.session_id as "sessionId", alarm.raised_at as since
      from voltway.alarm left join voltway.charging_station station on station.tenant_id = alarm.tenant_id and station.id = alarm.station_id
      where alarm.tenant_id = ${tenantId} and alarm.resolved_at is null
      union all
      select 'held', array_to_string(session.held_reasons, ', '), session.held_reasons, null, null, station.id, station.name, null, session.id, coalesce(session.ended_at, session.started_at)
      from voltway.session join voltway.charging_station station on station.tenant_id = session.tenant_id and station.id = session.station_id
      where session.tenant_id = ${tenantId} and session.state = 'held'
      union all
      select 'offline', '', '{}', null, null, station.id, station.name, null, null, station.disconnected_at
      from voltway.charging_station station
      where station.tenant_id = ${tenantId} and station.disconnected_at >= coalesce(station.connected_at, 0)
      union all
      select 'faulted', coalesce(evse.status_error, ''), '{}', null, null, station.id, station.name, evse.number, null, coalesce(evse.status_since, station.created_at)
      from voltway.evse join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
      where evse.tenant_id = ${tenantId} and evse.status = 'faulted'
    ) need
    order by since desc
    limit 100`.execute(tx)
  return rows
}
