import pg from 'pg'
import { tellBroken } from '../database/pool.ts'

export type AuthPool = pg.Pool

/** A small pool of its own for the identity library, which knows only its schema. */
export const openAuthPool = (connectionString: string, onError: (error: Error) => void): AuthPool => {
  const pool = new pg.Pool({ connectionString, max: 4, options: '-c search_path=auth', application_name: 'voltway-auth' })
  tellBroken(pool, onError)
  return pool
}

/** Takes back a person who could not be made a member of anything. */
export const removeAuthUser = async (pool: AuthPool, userId: string): Promise<void> => {
  await pool.query('delete from auth."user" where id = $1', [userId])
}
