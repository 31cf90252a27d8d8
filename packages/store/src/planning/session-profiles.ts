import type { EpochMs, EvseId, SessionId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SessionProfile {
  readonly sessionId: SessionId
  readonly evseId: EvseId | null
  readonly startsAt: EpochMs
  readonly exactUntil: EpochMs
  /** `[{startSeconds, limitW}]` */
  readonly schedule: unknown
  readonly sentAt: EpochMs
  readonly endedAt: EpochMs | null
  readonly status: 'accepted' | 'cleared'
}

export interface ProfileFilter {
  readonly sessionId?: SessionId | undefined
  /** Sessions of a site that were open in [from, to). */
  readonly siteId?: SiteId | undefined
  readonly from?: EpochMs | undefined
  readonly to?: EpochMs | undefined
}

/** What sessions' stations were told and took, session by session and in order: each holds until the next. */
export const sessionProfiles = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  filter: ProfileFilter,
): Promise<readonly SessionProfile[]> => {
  const { rows } = await sql<SessionProfile>`
    select s.id as "sessionId", s.evse_id as "evseId", p.starts_at as "startsAt", p.exact_until as "exactUntil", p.schedule, p.sent_at as "sentAt",
      s.ended_at as "endedAt", p.status
    from voltway.charging_profile p
    join voltway.session s on s.tenant_id = p.tenant_id and s.id = p.session_id
    join voltway.charging_station station on station.tenant_id = s.tenant_id and station.id = s.station_id
    where p.tenant_id = ${tenantId} and p.status in ('accepted', 'cleared') and p.starts_at is not null
      and (${filter.sessionId ?? null}::uuid is null or s.id = ${filter.sessionId ?? null}::uuid)
      and (${filter.siteId ?? null}::uuid is null or station.site_id = ${filter.siteId ?? null}::uuid)
      and (${filter.to ?? null}::bigint is null or s.started_at < ${filter.to ?? null}::bigint)
      and (${filter.from ?? null}::bigint is null or s.ended_at is null or s.ended_at > ${filter.from ?? null}::bigint)
    order by s.id, p.number`.execute(tx)
  return rows
}
