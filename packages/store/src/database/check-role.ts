import type pg from 'pg'
import { type DatabaseRole, roleRefusal } from './role-refusal.ts'

/**
 * Row-level security does not hold for superusers and roles with BYPASSRLS, so the server does not run as one.
 * @throws Error with the SQL that makes a fit role; also for a PostgreSQL older than 15
 */
export const checkRole = async (pool: pg.Pool) => {
  const { rows } = await pool.query<DatabaseRole>(
    `select rolname as name, rolsuper as superuser, rolbypassrls as "bypassesRls", current_setting('server_version_num')::int as version,
       current_database() as database
     from pg_roles where rolname = current_user`,
  )
  const refusal = roleRefusal(rows[0]!)
  if (refusal !== undefined) throw new Error(refusal)
}
