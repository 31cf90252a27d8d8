export interface DatabaseRole {
  readonly name: string
  readonly superuser: boolean
  readonly bypassesRls: boolean
  /** `server_version_num`: 150004 is 15.4. */
  readonly version: number
  readonly database: string
}

const OLDEST = 150_000

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** Why Voltway does not run as a role, with what to do instead; undefined when it may. */
export const roleRefusal = (role: DatabaseRole): string | undefined => {
  if (role.version < OLDEST) return `DATABASE_URL names PostgreSQL ${Math.floor(role.version / 10_000)}; 15 or newer is needed.`
  if (!role.superuser && !role.bypassesRls) return undefined
  const fault = role.superuser ? 'is a superuser' : 'has BYPASSRLS'
  return [
    `The database role ${quoted(role.name)} ${fault}: row-level security would not hold between tenants. Run this, and use the new role in DATABASE_URL:`,
    "  create role voltway login nosuperuser nobypassrls password '…';",
    `  alter database ${quoted(role.database)} owner to voltway;`,
  ].join('\n')
}
