import type { Clock, TenantId } from '@voltway/units'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { ensurePartitions } from '../partitions/ensure-partitions.ts'
import type { DirectoryTables, Tables } from '../tables.ts'
import { checkRole } from './check-role.ts'
import { type EmbeddedOptions, startEmbeddedPostgres } from './embedded-postgres.ts'
import { inTenant } from './in-tenant.ts'
import { migrate } from './migrate.ts'
import { createPool } from './pool.ts'

export type DatabaseOptions = {
  /** Dates migrations and says which month it is. */
  readonly clock: Pick<Clock, 'now'>
  readonly log?: (line: string) => void
  /** Most connections of the pool; the ingest writer has its own. */
  readonly maxConnections?: number
} & ({ readonly url: string } | { readonly embedded: EmbeddedOptions })

export interface Database {
  /** Sees no row of a protected table: use `inTenant`. */
  readonly kysely: Kysely<Tables>
  /** The tables without row-level security: what must be found before a tenant is known. */
  readonly directory: Kysely<DirectoryTables>
  readonly inTenant: <Value>(tenantId: TenantId, work: (tx: Transaction<Tables>) => Promise<Value>) => Promise<Value>
  readonly tenants: () => Promise<readonly TenantId[]>
  /** For what needs connections of its own; a `postgresql:` URL also for the unix socket. */
  readonly connectionString: string
  /** The migrations that opening it applied, by name. */
  readonly migrated: readonly string[]
  readonly close: () => Promise<void>
}

const connect = (connectionString: string, options: Pick<DatabaseOptions, 'log' | 'maxConnections'>) =>
  createPool({ connectionString, log: options.log, max: options.maxConnections })

/**
 * Opens the database, starting the embedded PostgreSQL when asked: checks the role, migrates, and sees to this month's partitions.
 * @throws Error when the role may bypass row-level security, a migration fails, or the embedded server cannot run
 */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const embedded = 'embedded' in options ? await startEmbeddedPostgres(options.embedded) : undefined
  const connectionString = 'embedded' in options ? embedded!.connectionString : options.url
  const pool = connect(connectionString, options)
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const directory = kysely.$pickTables<keyof DirectoryTables>()
  const close = async () => {
    await kysely.destroy()
    await embedded?.stop()
  }
  try {
    await checkRole(pool)
    const migrated = await migrate(pool, options.clock.now())
    const database: Database = {
      kysely,
      directory,
      inTenant: (tenantId, work) => inTenant(kysely, tenantId, work),
      tenants: async () => (await directory.selectFrom('voltway.tenant').select('id').orderBy('id').execute()).map(({ id }) => id),
      connectionString,
      migrated,
      close,
    }
    await ensurePartitions(database, options.clock.now())
    return database
  } catch (error) {
    await close()
    throw error
  }
}
