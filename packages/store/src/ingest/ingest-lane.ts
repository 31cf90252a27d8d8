import type { TenantId } from '@voltway/units'
import pg from 'pg'
import { typeParsers } from '../database/type-parsers.ts'
import { ingestBatch } from './ingest-batch.ts'
import type { IngestItem, IngestResult } from './ingest-item.ts'

/** One connection that writes one batch after the other. */
export interface IngestLane {
  readonly write: (batch: readonly IngestItem[], tenants: readonly TenantId[]) => Promise<readonly IngestResult[]>
  /** Batches that were given to it and are not committed. */
  readonly waiting: () => number
  readonly close: () => Promise<void>
}

interface Open {
  readonly client: pg.Client
  tenants: string
}

const open = async (connectionString: string, onEnd: () => void): Promise<Open> => {
  const client = new pg.Client({ connectionString, types: typeParsers, application_name: 'voltway-ingest' })
  client.on('error', onEnd)
  client.on('end', onEnd)
  await client.connect()
  // What is in the arrays never changes the best plan, and planning costs more than a small batch.
  await client.query('set plan_cache_mode = force_generic_plan; set jit = off')
  return { client, tenants: '' }
}

const useTenants = async (connection: Open, tenants: readonly TenantId[]) => {
  const wanted = `{${[...tenants].sort().join(',')}}`
  if (connection.tenants === wanted) return
  connection.tenants = ''
  await connection.client.query({ name: 'ingest-tenants', text: "select set_config('voltway.tenants', $1, false)", values: [wanted] })
  connection.tenants = wanted
}

type Row = Readonly<Record<string, unknown>>

/** Two batches waited for each other's rows: the one that lost is written again. */
const isTransient = (error: unknown) => error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')
const MOST_ATTEMPTS = 5

/** Opens its connection with the first batch, and anew with the next one after it broke. */
export const ingestLane = (connectionString: string): IngestLane => {
  let connection: Promise<Open> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0

  const connected = () => {
    if (connection !== undefined) return connection
    const forget = () => {
      if (connection === opening) connection = undefined
    }
    const opening: Promise<Open> = open(connectionString, forget)
    opening.catch(forget)
    connection = opening
    return opening
  }
  const writeNow = async (batch: readonly IngestItem[], tenants: readonly TenantId[], attempt = 1): Promise<readonly IngestResult[]> => {
    const { statement, parameters, resultsOf } = ingestBatch(batch)
    if (statement === undefined) return resultsOf(undefined)
    const lane = await connected()
    await useTenants(lane, tenants)
    try {
      const { rows } = await lane.client.query<Row>({ ...statement, values: [...parameters] })
      return resultsOf(rows[0])
    } catch (error) {
      if (!isTransient(error) || attempt >= MOST_ATTEMPTS) throw error
      return writeNow(batch, tenants, attempt + 1)
    }
  }
  return {
    write: (batch, tenants) => {
      waiting++
      const result = last.then(() => writeNow(batch, tenants)).finally(() => waiting--)
      last = result.catch(() => undefined)
      return result
    },
    waiting: () => waiting,
    close: async () => {
      await last
      const opened = await connection?.catch(() => undefined)
      connection = undefined
      await opened?.client.end()
    },
  }
}
