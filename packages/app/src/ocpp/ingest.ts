import type { IngestItem, IngestResult, IngestWriter } from '@voltway/store'
import type { TenantId } from '@voltway/units'

export interface Ingest {
  /** Resolves when the item is committed. Rejects when it, and no other, could not be written, or when too much is waiting. */
  readonly submit: (item: IngestItem) => Promise<IngestResult>
  /** Writes what is waiting, then takes nothing more. */
  readonly close: () => Promise<void>
}

export interface IngestOptions {
  /** Items in one transaction at most. */
  readonly batchSize?: number
  /** Items that may wait; beyond, `submit` rejects at once. Each link has one, so this is never reached by honest stations. */
  readonly mostWaiting?: number
  /** Called after each commit that brought new facts, before the submits resolve. */
  readonly onWritten?: (tenants: readonly TenantId[]) => void
}

export class IngestFull extends Error {}

interface Waiting {
  readonly item: IngestItem
  readonly resolve: (result: IngestResult) => void
  readonly reject: (error: unknown) => void
}

/**
 * Group commit: whatever waits while one batch is written makes the next one, so that batches are as small as the database is quick,
 * and as large as it must.
 */
export function createIngest(
  writer: IngestWriter,
  { batchSize = 500, mostWaiting = 50_000, onWritten = () => {} }: IngestOptions = {},
): Ingest {
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined
  let closed = false

  const write = async () => {
    // Lets every link that heard something in this turn of the event loop join the batch.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize)
      waiting = waiting.slice(batchSize)
      await writeApart(writer, batch, onWritten)
    }
    writing = undefined
  }
  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        if (closed || waiting.length >= mostWaiting) return reject(new IngestFull(closed ? 'the ingest is closed' : 'too much is waiting'))
        waiting.push({ item, resolve, reject })
        writing ??= write()
      }),
    close: async () => {
      closed = true
      await writing
    },
  }
}

/** Bad data of one item (SQLSTATE classes 21, 22 and 23) must not cost the others: the batch is halved until the item stands alone. */
async function writeApart(
  writer: IngestWriter,
  batch: readonly Waiting[],
  onWritten: (tenants: readonly TenantId[]) => void,
): Promise<void> {
  try {
    const results = await writer.write(
      batch.map(({ item }) => item),
      tenantsOf(batch),
    )
    if (results.some(({ inserted }) => inserted > 0)) onWritten(tenantsOf(batch))
    for (const [index, { resolve, reject }] of batch.entries()) {
      const result = results[index]
      if (result) resolve(result)
      else reject(new Error('the writer gave no result for an item'))
    }
  } catch (error) {
    if (batch.length === 1 || !isDataError(error)) {
      for (const { reject } of batch) reject(error)
      return
    }
    const middle = Math.ceil(batch.length / 2)
    await writeApart(writer, batch.slice(0, middle), onWritten)
    await writeApart(writer, batch.slice(middle), onWritten)
  }
}

const tenantsOf = (batch: readonly Waiting[]): readonly TenantId[] => [...new Set(batch.map(({ item }) => item.tenantId))]

const isDataError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^2[123]/.test(error.code)
