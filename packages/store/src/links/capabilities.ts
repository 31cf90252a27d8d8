import type { EpochMs } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

/** Adds what was learnt about what a station can do to what was known. */
export const saveCapabilities = (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  learnt: Readonly<Record<string, unknown>>,
) =>
  sql`update voltway.charging_station set capabilities = capabilities || ${JSON.stringify(learnt)}::jsonb
    where tenant_id = ${tenantId} and id = ${stationId}`.execute(tx)

export interface ReadVariable {
  readonly component: string
  readonly variable: string
  readonly value: string | undefined
  readonly mutability: 'ReadOnly' | 'ReadWrite' | undefined
}

/** 1.6 configuration keys and single 2.x variables, as just read. */
export const saveVariables = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  variables: readonly ReadVariable[],
  at: EpochMs,
) => {
  if (variables.length === 0) return
  await sql`
    insert into voltway.station_variable (tenant_id, station_id, component, variable, value, mutability, reported_at)
    select ${tenantId}::uuid, ${stationId}::uuid, component, variable, value, mutability, ${at}::bigint
    from unnest(${variables.map(({ component }) => component)}::text[], ${variables.map(({ variable }) => variable)}::text[],
      ${variables.map(({ value }) => value ?? null)}::text[], ${variables.map(({ mutability }) => mutability ?? null)}::text[])
      as read (component, variable, value, mutability)
    on conflict (tenant_id, station_id, component, instance, evse, variable)
    do update set value = excluded.value, mutability = excluded.mutability, reported_at = excluded.reported_at`.execute(tx)
}
