import pg from 'pg'
import { typeParsers } from './type-parsers.ts'

export interface PoolOptions {
  readonly connectionString: string
  readonly log?: ((line: string) => void) | undefined
  /** Most connections at a time; 10 unless told. */
  readonly max?: number | undefined
}

/** A pool with our type parsers. A connection that breaks while idle is logged and replaced, and ends nothing. */
export const createPool = ({ connectionString, log, max = 10 }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({ connectionString, max, types: typeParsers, application_name: 'voltway' })
  pool.on('error', (error) => log?.(`an idle database connection broke: ${error.message}`))
  return pool
}
