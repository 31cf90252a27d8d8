import type { Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** A transaction of one tenant: what `inTenant` gives, named for rooms that do not know the database library. */
export type Tx = Transaction<Tables>
