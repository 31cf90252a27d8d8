import pg from 'pg'
import { typeParsers } from './type-parsers.ts'

export interface PoolOptions {
  readonly connectionString: string
  readonly log?: ((line: string) => void) | undefined
  /** Most connections at a time; 10 unless told. */
  readonly max?: number | undefined
}

/**
 * A pool with our type parsers. A connection that breaks, idle or between two queries of whoever holds it, is logged and replaced,
 * and ends nothing: the next query on it fails.
 */
export const createPool = ({ connectionString, log, max = 10 }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, types: typeParsers, application_name: 'voltway' })
  // What the server says to connections of a pool that is closing is its farewell, not a fault.
  const broke = (error: Error) => (pool.ending ? undefined : log?.(`a database connection broke: ${error.message}`))
  pool.on('error', broke)
  pool.on('connect', (client) => client.on('error', broke))
  return pool
}
