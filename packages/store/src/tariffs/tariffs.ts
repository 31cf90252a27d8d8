import type { EpochMs, TariffId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface TariffRow {
  readonly id: TariffId
  readonly name: string
  readonly version: number
  /** The domain's tariff as JSON: read it with `parseTariff`. */
  readonly definition: Readonly<Record<string, unknown>>
  readonly updatedAt: EpochMs
  readonly sites: number
  readonly evses: number
}

export interface TariffFilter {
  readonly id?: TariffId | undefined
  readonly ids?: readonly TariffId[] | undefined
  readonly after?: TariffId | undefined
  readonly limit?: number | undefined
}

/** Tariffs in the order they were made, with where they are used. */
export const listTariffs = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  filter: TariffFilter = {},
): Promise<readonly TariffRow[]> => {
  const ids = filter.ids === undefined ? null : [...filter.ids]
  const { rows } = await sql<TariffRow>`
    select tariff.id, tariff.name, tariff.version, tariff.definition, tariff.updated_at as "updatedAt",
      (select count(*) from voltway.site where site.tenant_id = tariff.tenant_id and site.tariff_id = tariff.id)::int as sites,
      (select count(*) from voltway.evse where evse.tenant_id = tariff.tenant_id and evse.tariff_id = tariff.id)::int as evses
    from voltway.tariff
    where tariff.tenant_id = ${tenantId} and tariff.archived_at is null
      and (${filter.id ?? null}::uuid is null or tariff.id = ${filter.id ?? null}::uuid)
      and (${ids}::uuid[] is null or tariff.id = any (${ids}::uuid[]))
      and (${filter.after ?? null}::uuid is null or tariff.id > ${filter.after ?? null}::uuid)
    order by tariff.id
    limit ${filter.limit ?? 1_000}`.execute(tx)
  return rows
}

export interface TariffText {
  readonly id: TariffId
  readonly name: string
  readonly definition: unknown
  readonly now: EpochMs
}

/** A new tariff, version 1. */
export const insertTariff = async (tx: Transaction<Tables>, tenantId: TenantId, { id, name, definition, now }: TariffText) => {
  const json = JSON.stringify(definition)
  await sql`
    insert into voltway.tariff (tenant_id, id, name, definition, updated_at) values (${tenantId}, ${id}, ${name}, ${json}::jsonb, ${now})`.execute(
    tx,
  )
  await sql`
    insert into voltway.tariff_version (tenant_id, tariff_id, version, definition, created_at) values (${tenantId}, ${id}, 1, ${json}::jsonb, ${now})`.execute(
    tx,
  )
}

/** The next version of a tariff; @returns its number, undefined when there is no such tariff. */
export const reviseTariff = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { id, name, definition, now }: TariffText,
): Promise<number | undefined> => {
  const json = JSON.stringify(definition)
  const { rows } = await sql<{ version: number }>`
    update voltway.tariff set name = ${name}, definition = ${json}::jsonb, version = version + 1, updated_at = ${now}
    where tenant_id = ${tenantId} and id = ${id} and archived_at is null
    returning version`.execute(tx)
  const version = rows[0]?.version
  if (version === undefined) return undefined
  await sql`
    insert into voltway.tariff_version (tenant_id, tariff_id, version, definition, created_at)
    values (${tenantId}, ${id}, ${version}, ${json}::jsonb, ${now})`.execute(tx)
  return version
}
