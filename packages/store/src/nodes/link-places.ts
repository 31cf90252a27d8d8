import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { DirectoryEntry } from '../links/find-station.ts'
import type { Tables } from '../tables.ts'
import type { NodeId } from './nodes.ts'

/** Where a station's newest link is, while it is open and its node's lease lasts. */
export interface LinkPlace {
  readonly stationId: ChargingStationId
  readonly nodeId: NodeId
  readonly epoch: number
  readonly ocppVersion: string
  readonly connectedAt: EpochMs
}

const places = sql<LinkPlace>`
  select station.id as "stationId", link_node as "nodeId", link_epoch as epoch, ocpp_version as "ocppVersion", connected_at as "connectedAt"
  from voltway.charging_station station join voltway.node on node.id = link_node and node.ended_at is null
  where coalesce(disconnected_at, 0) < connected_at`

export const linkPlace = async (tx: Transaction<Tables>, { tenantId, stationId }: DirectoryEntry): Promise<LinkPlace | undefined> => {
  const { rows } = await sql<LinkPlace>`${places} and tenant_id = ${tenantId} and station.id = ${stationId}`.execute(tx)
  return rows[0]
}

/** Those of a tenant's links that other nodes hold. */
export const linkPlacesElsewhere = async (tx: Transaction<Tables>, tenantId: TenantId, self: NodeId): Promise<readonly LinkPlace[]> => {
  const { rows } = await sql<LinkPlace>`${places} and tenant_id = ${tenantId} and link_node <> ${self}`.execute(tx)
  return rows
}
