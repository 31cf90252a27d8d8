export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
export { migrate } from './migrate.ts'
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts'
export { type DatabaseProbe, probeDatabase } from './probe-database.ts'
