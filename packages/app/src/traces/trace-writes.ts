import type { IngestWriter } from '@voltway/store'
import type { Traces } from './traces.ts'

/** A span for each group commit of what stations said. */
export const traceWrites = (writer: IngestWriter, traces: Traces): IngestWriter => ({
  ...writer,
  write: async (items, tenants) => {
    const work = traces.begin({ name: 'ingest', kind: 'internal' })
    const attributes = { 'voltway.items': items.length }
    try {
      const results = await writer.write(items, tenants)
      work.end({ attributes })
      return results
    } catch (error) {
      work.end({ attributes, failed: true })
      throw error
    }
  },
})
