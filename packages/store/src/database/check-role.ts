import type pg from 'pg'

interface Role {
  readonly name: string
  readonly rolsuper: boolean
  readonly rolbypassrls: boolean
  readonly version: number
  readonly database: string
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const OLDEST = 150_000

/**
 * Row-level security does not hold for superusers and roles with BYPASSRLS, so the server does not run as one.
 * @throws Error with the SQL that makes a fit role; also for a PostgreSQL older than 15
 */
export const checkRole = async (pool: pg.Pool) => {
  const { rows } = await pool.query<Role>(
    `select rolname as name, rolsuper, rolbypassrls, current_setting('server_version_num')::int as version, current_database() as database
     from pg_roles where rolname = current_user`,
  )
  const role = rows[0]!
  if (role.version < OLDEST) throw new Error(`DATABASE_URL names PostgreSQL ${Math.floor(role.version / 10_000)}; 15 or newer is needed.`)
  if (!role.rolsuper && !role.rolbypassrls) return
  throw new Error(
    [
      `The database role ${quoted(role.name)} ${role.rolsuper ? 'is a superuser' : 'has BYPASSRLS'}, for which row-level security does not hold between tenants. Run this, and use the new role in DATABASE_URL:`,
      "  create role voltway login nosuperuser nobypassrls password '…';",
      `  alter database ${quoted(role.database)} owner to voltway;`,
    ].join('\n'),
  )
}
