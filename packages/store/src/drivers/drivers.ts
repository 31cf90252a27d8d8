import type { DriverId, EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { likePart } from '../stations/stations.ts'
import type { Tables } from '../tables.ts'

export interface DriverRow {
  readonly id: DriverId
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly locale: string
  readonly state: 'active' | 'blocked'
  readonly appToken: string
  readonly groupToken: string
  readonly createdAt: EpochMs
  readonly vehicles: number
  readonly tokens: number
  readonly sessions: number
}

export interface DriverFilter {
  readonly id?: DriverId | undefined
  /** Part of the name or e-mail. */
  readonly q?: string | undefined
  readonly inError?: boolean | undefined
  readonly after?: { readonly name: string; readonly id: string } | undefined
  readonly limit?: number | undefined
}

/** Drivers by name. */
export const listDrivers = async (tx: Transaction<Tables>, tenantId: TenantId, filter: DriverFilter): Promise<readonly DriverRow[]> => {
  const like = filter.q === undefined ? null : likePart(filter.q)
  const { rows } = await sql<DriverRow>`
    select driver.id, person.name, person.email, person.phone, person.locale, driver.state, driver.app_token as "appToken",
      driver.group_token as "groupToken", driver.created_at as "createdAt",
      (select count(*) from voltway.vehicle where vehicle.tenant_id = driver.tenant_id and vehicle.driver_id = driver.id)::int as vehicles,
      (select count(*) from voltway.id_token where id_token.tenant_id = driver.tenant_id and id_token.driver_id = driver.id)::int as tokens,
      (select count(*) from voltway.session where session.tenant_id = driver.tenant_id and session.driver_id = driver.id)::int as sessions
    from voltway.driver
    join voltway.person on person.tenant_id = driver.tenant_id and person.id = driver.person_id
    where driver.tenant_id = ${tenantId}
      and (${filter.id ?? null}::uuid is null or driver.id = ${filter.id ?? null}::uuid)
      and (${like}::text is null or concat_ws(' ', person.name, person.email) ilike ${like}::text)
      and (not ${filter.inError ?? false}::boolean or driver.state = 'blocked')
      and (${filter.after?.name ?? null}::text is null
        or (person.name, driver.id) > (${filter.after?.name ?? null}::text, ${filter.after?.id ?? null}::uuid))
    order by person.name, driver.id
    limit ${filter.limit ?? 1_000}`.execute(tx)
  return rows
}

export interface NewDriverRow {
  readonly id: DriverId
  readonly personId: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly locale: string
  readonly appToken: string
  readonly groupToken: string
  readonly createdAt: EpochMs
}

/** A person and the driver they are. */
export const insertDriver = async (tx: Transaction<Tables>, tenantId: TenantId, driver: NewDriverRow) => {
  await sql`
    insert into voltway.person (tenant_id, id, name, email, phone, locale)
    values (${tenantId}, ${driver.personId}, ${driver.name}, ${driver.email}, ${driver.phone}, ${driver.locale})`.execute(tx)
  await sql`
    insert into voltway.driver (tenant_id, id, person_id, app_token, group_token, created_at)
    values (${tenantId}, ${driver.id}, ${driver.personId}, ${driver.appToken}, ${driver.groupToken}, ${driver.createdAt})`.execute(tx)
}

export interface PersonChange {
  readonly driverId: DriverId
  readonly name?: string | undefined
  readonly phone?: string | null | undefined
  readonly locale?: string | undefined
}

/** What is left out stays. @returns whether there was such a driver. */
export const updatePerson = async (tx: Transaction<Tables>, tenantId: TenantId, change: PersonChange): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.person set name = coalesce(${change.name ?? null}::text, name), locale = coalesce(${change.locale ?? null}::text, locale),
      phone = case when ${change.phone !== undefined}::boolean then ${change.phone ?? null}::text else phone end
    from voltway.driver
    where driver.tenant_id = ${tenantId} and driver.id = ${change.driverId} and person.tenant_id = driver.tenant_id and person.id = driver.person_id`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

/** @returns whether there was such a driver. */
export const setDriverState = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { id, state }: { readonly id: DriverId; readonly state: 'active' | 'blocked' },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update voltway.driver set state = ${state} where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
