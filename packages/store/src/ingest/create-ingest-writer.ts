import type { TenantId } from '@voltway/units'
import type { Database } from '../database/open-database.ts'
import type { IngestItem, IngestResult } from './ingest-item.ts'
import { type IngestLane, ingestLane } from './ingest-lane.ts'

export interface IngestWriter {
  /**
   * Writes a batch in one statement that commits by itself, and says for each item what was new. All or nothing: when one item is
   * bad it rejects with the SQLSTATE in `code` (classes 22 and 23), and the caller finds out which one by halving.
   * @param tenants those of the authenticated links; an item of any other is refused by the database
   */
  readonly write: (batch: readonly IngestItem[], tenants: readonly TenantId[]) => Promise<readonly IngestResult[]>
}

/** The writer with its connections. */
export interface OwnedIngestWriter extends IngestWriter {
  /** Waits for what was given, then closes the connections. */
  readonly close: () => Promise<void>
}

export interface IngestWriterOptions {
  /** Connections, two unless told: while one waits for the disk, another batch can be on its way. */
  readonly lanes?: number
}

const leastBusy = (lanes: readonly IngestLane[]) => lanes.reduce((best, lane) => (lane.waiting() < best.waiting() ? lane : best))

/** The writer of what stations say, on connections of its own. A connection that broke is opened anew by the next batch. */
export const createIngestWriter = (
  database: Pick<Database, 'connectionString'>,
  { lanes: count = 2 }: IngestWriterOptions = {},
): OwnedIngestWriter => {
  const lanes = Array.from({ length: count }, () => ingestLane(database.connectionString))
  return {
    write: (batch, tenants) => leastBusy(lanes).write(batch, tenants),
    close: async () => {
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}
