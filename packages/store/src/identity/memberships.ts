import type { DriverId, EpochMs, TenantId } from '@voltway/units'
import { type QueryExecutorProvider, sql } from 'kysely'

export type Role = 'owner' | 'operator' | 'viewer' | 'driver'

export interface MembershipRow {
  readonly tenantId: TenantId
  readonly tenantName: string
  readonly role: Role
  readonly driverId: DriverId | null
}

/** What a person is where, oldest membership first. The directory is outside row-level security: read by exact key. */
export const membershipsOf = async (directory: QueryExecutorProvider, userId: string): Promise<readonly MembershipRow[]> => {
  const { rows } = await sql<MembershipRow>`
    select membership.tenant_id as "tenantId", tenant.name as "tenantName", membership.role, membership.driver_id as "driverId"
    from voltway.membership
    join voltway.tenant on tenant.id = membership.tenant_id
    where membership.user_id = ${userId}
    order by membership.created_at, membership.tenant_id, membership.role`.execute(directory)
  return rows
}

export interface NewMembership {
  readonly userId: string
  readonly tenantId: TenantId
  readonly role: Role
  readonly driverId: DriverId | null
  readonly createdAt: EpochMs
}

export const insertMembership = async (db: QueryExecutorProvider, row: NewMembership) => {
  await sql`
    insert into voltway.membership (user_id, tenant_id, role, driver_id, created_at)
    values (${row.userId}, ${row.tenantId}, ${row.role}, ${row.driverId}, ${row.createdAt})
    on conflict (user_id, tenant_id, role) do nothing`.execute(db)
}

export interface TenantRow {
  readonly id: TenantId
  readonly name: string
}

export const insertTenant = async (db: QueryExecutorProvider, tenant: TenantRow & { readonly createdAt: EpochMs }) => {
  await sql`insert into voltway.tenant (id, name, created_at) values (${tenant.id}, ${tenant.name}, ${tenant.createdAt})`.execute(db)
}

/** The installation's first tenant: whose public pages are shown to somebody who is not signed in. */
export const firstTenant = async (directory: QueryExecutorProvider): Promise<TenantRow | undefined> => {
  const { rows } = await sql<TenantRow>`select id, name from voltway.tenant order by created_at, id limit 1`.execute(directory)
  return rows[0]
}

export const tenantById = async (directory: QueryExecutorProvider, id: TenantId): Promise<TenantRow | undefined> => {
  const { rows } = await sql<TenantRow>`select id, name from voltway.tenant where id = ${id}`.execute(directory)
  return rows[0]
}
