import pg from 'pg'
import { NODE_LOCKS } from '../nodes/nodes.ts'
import { type DatabaseRole, roleRefusal } from './role-refusal.ts'

/** What a PostgreSQL says of itself and of the role of a URL. */
export interface DatabaseProbe extends DatabaseRole {
  /** May create schemas in this database, which the first start needs. */
  readonly canCreate: boolean
  /** Who owns schema `voltway`; undefined before the first start. */
  readonly schemaOwner: string | undefined
  /** Servers that are on it now, by name. */
  readonly nodes: readonly string[]
  /** Why Voltway cannot run on it, with what to do; undefined when it can. */
  readonly refusal: string | undefined
}

const WITHIN = 5_000

const rightsRefusal = ({ name, database, canCreate, schemaOwner }: Omit<DatabaseProbe, 'refusal' | 'nodes'>): string | undefined => {
  if (schemaOwner === undefined && !canCreate)
    return `The database role "${name}" may not create schemas in "${database}". Run: grant create on database "${database}" to "${name}";`
  if (schemaOwner !== undefined && schemaOwner !== name)
    return `Schema voltway of "${database}" belongs to "${schemaOwner}", and "${name}" could not migrate it. Use that role in DATABASE_URL.`
  return undefined
}

/** Only what listens is there: a server that was killed leaves a row until the next one starts. */
const NODES = `select name from voltway.node where ended_at is null and exists (
  select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
    and classid = ${NODE_LOCKS} and objid = node.number::oid) order by name`

const nodesOf = async (client: pg.Client): Promise<readonly string[]> => {
  const { rows } = await client.query<{ readonly there: boolean }>(
    `select coalesce(has_table_privilege(to_regclass('voltway.node'), 'SELECT'), false) as there`,
  )
  return rows[0]?.there ? (await client.query<{ readonly name: string }>(NODES)).rows.map(({ name }) => name) : []
}

/**
 * Asks a database whether Voltway can run on it, and changes nothing. @throws Error when it does not answer within five seconds, or
 * refuses the connection; its message never holds the password
 */
export const probeDatabase = async (url: string): Promise<DatabaseProbe> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: WITHIN,
    query_timeout: WITHIN,
    application_name: 'voltway doctor',
  })
  // What breaks after an answer is the answer's error, too.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<DatabaseRole & { readonly canCreate: boolean; readonly schemaOwner: string | null }>(
      `select rolname as name, rolsuper as superuser, rolbypassrls as "bypassesRls", current_setting('server_version_num')::int as version,
         current_database() as database, has_database_privilege(current_database(), 'CREATE') as "canCreate",
         (select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'voltway') as "schemaOwner"
       from pg_roles where rolname = current_user`,
    )
    const found = { ...rows[0]!, schemaOwner: rows[0]!.schemaOwner ?? undefined }
    const refusal = roleRefusal(found) ?? rightsRefusal(found)
    return { ...found, nodes: refusal === undefined ? await nodesOf(client) : [], refusal }
  } finally {
    await client.end().catch(() => undefined)
  }
}
