import pg from 'pg'
import { typeParsers } from './type-parsers.ts'

export interface PoolOptions {
  readonly connectionString: string
  readonly log?: ((line: string) => void) | undefined
  /** Most connections at a time; 10 unless told. */
  readonly max?: number | undefined
}

/** Tells of connections of a pool that break. What the server says to those of a pool that is closing is its farewell, not a fault. */
export const tellBroken = (pool: pg.Pool, tell: (error: Error) => void): void => {
  const broke = (error: Error) => (pool.ending ? undefined : tell(error))
  pool.on('error', broke)
  pool.on('connect', (client) => client.on('error', broke))
}

/**
 * A pool with our type parsers. A connection that breaks, idle or between two queries of whoever holds it, is logged and replaced,
 * and ends nothing: the next query on it fails.
 */
export const createPool = ({ connectionString, log, max = 10 }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, types: typeParsers, application_name: 'voltway' })
  tellBroken(pool, ({ message }) => log?.(`a database connection broke: ${message}`))
  return pool
}
