import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { NodeId } from '../nodes/nodes.ts'
import { appendOutbox } from '../outbox/append-outbox.ts'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

export interface LinkBegins extends DirectoryEntry {
  readonly ocppVersion: string
  /** The node that holds the link; its lease must last. */
  readonly nodeId: NodeId
  readonly at: EpochMs
}

export interface BegunLink {
  /** Higher than that of every link before. */
  readonly epoch: number
  /** Later than the end of every link before. */
  readonly connectedAt: EpochMs
  /** Where the link before still seems open: a node that must let go of it. */
  readonly before: NodeId | null
}

/** A node that has lost its lease takes no links: it is to get another lease first. */
export class LeaseLost extends Error {}

/**
 * A station has connected: draws the link's epoch, and each EVSE has again the status that the station reported last, or `unknown`,
 * from the moment of connection until the station says something newer.
 * @throws LeaseLost
 */
export const beginLink = async (
  tx: Transaction<Tables>,
  { tenantId, stationId, ocppVersion, nodeId, at }: LinkBegins,
): Promise<BegunLink> => {
  const lease = await sql`select from voltway.node where id = ${nodeId} and ended_at is null for key share`.execute(tx)
  if (lease.rows.length === 0) throw new LeaseLost('this node has lost its lease')
  const { rows } = await sql<BegunLink>`
    with before as (
      select case when coalesce(disconnected_at, 0) < connected_at then link_node end as node
      from voltway.charging_station where tenant_id = ${tenantId} and id = ${stationId} for update
    )
    update voltway.charging_station set link_epoch = link_epoch + 1, connected_at = greatest(${at}::bigint, disconnected_at + 1), last_seen_at = ${at},
      ocpp_version = ${ocppVersion}, link_node = ${nodeId}
    from before
    where tenant_id = ${tenantId} and id = ${stationId}
    returning link_epoch as epoch, connected_at as "connectedAt", before.node as before`.execute(tx)
  const [begun] = rows
  if (!begun) throw new Error('the charging station of a link is not there')
  const { epoch, connectedAt } = begun
  await writeStatuses(
    tx,
    { tenantId, stationId },
    { at: connectedAt, hash: `link-up:${epoch}`, status: sql`coalesce(last.status, 'unknown')` },
  )
  const data = { stationId, epoch, ocppVersion }
  await appendOutbox(tx, tenantId, [{ type: 'station.connected', subject: stationId, data, recordedAt: connectedAt }])
  return begun
}

export interface LinkEnds extends DirectoryEntry {
  readonly epoch: number
  readonly at: EpochMs
  readonly reason: string
}

/** A link is over. Says nothing when a newer one has taken its place, or its end was told already. @returns whether it was the newest */
export const endLink = async (tx: Transaction<Tables>, { tenantId, stationId, epoch, at, reason }: LinkEnds): Promise<boolean> => {
  const { rows } = await sql<{ id: ChargingStationId }>`
    update voltway.charging_station set disconnected_at = greatest(${at}::bigint, connected_at), last_seen_at = ${at}
    where tenant_id = ${tenantId} and id = ${stationId} and link_epoch = ${epoch} and coalesce(disconnected_at, 0) < connected_at
    returning id`.execute(tx)
  if (rows.length === 0) return false
  await writeStatuses(tx, { tenantId, stationId }, { at, hash: `link-down:${epoch}`, status: sql`'offline'` })
  await appendOutbox(tx, tenantId, [
    { type: 'station.disconnected', subject: stationId, data: { stationId, epoch, reason }, recordedAt: at },
  ])
  return true
}

interface LinkStatus {
  readonly at: EpochMs
  readonly hash: string
  readonly status: RawBuilder<unknown>
}
const writeStatuses = (tx: Transaction<Tables>, { tenantId, stationId }: DirectoryEntry, { at, hash, status }: LinkStatus) =>
  sql`
    insert into voltway.status_history (tenant_id, station_id, evse, connector, occurred_at, received_at, status, reported, cause, payload_hash)
    select evse.tenant_id, evse.station_id, evse.number, 0, ${at}::bigint, ${at}::bigint, ${status}, coalesce(last.reported, ''), 'link', ${hash}
    from voltway.evse
    left join lateral (
      select h.status, h.reported from voltway.status_history h
      where h.tenant_id = evse.tenant_id and h.station_id = evse.station_id and h.evse = evse.number and h.cause = 'station'
      order by h.occurred_at desc, h.received_at desc limit 1
    ) last on true
    where evse.tenant_id = ${tenantId} and evse.station_id = ${stationId}
    on conflict do nothing`.execute(tx)

/** Links that seem open although their node's lease has ended, or that no node holds: nobody will tell of their end. */
export const linksLeftOpen = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
): Promise<readonly { stationId: ChargingStationId; epoch: number }[]> => {
  const { rows } = await sql<{ stationId: ChargingStationId; epoch: number }>`
    select id as "stationId", link_epoch as epoch from voltway.charging_station
    where tenant_id = ${tenantId} and coalesce(disconnected_at, 0) < connected_at
      and not exists (select from voltway.node where node.id = link_node and node.ended_at is null)`.execute(tx)
  return rows
}

/** When each of these stations was last heard. */
export const markSeen = (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  seen: readonly { readonly stationId: ChargingStationId; readonly at: EpochMs }[],
) =>
  sql`
    update voltway.charging_station station set last_seen_at = seen.at
    from unnest(${seen.map(({ stationId }) => stationId)}::uuid[], ${seen.map(({ at }) => at)}::bigint[]) as seen (id, at)
    where station.tenant_id = ${tenantId} and station.id = seen.id and coalesce(station.last_seen_at, 0) < seen.at`.execute(tx)
