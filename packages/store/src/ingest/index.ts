export { createIngestWriter, type IngestWriter, type IngestWriterOptions, type OwnedIngestWriter } from './create-ingest-writer.ts'
export type { IngestItem, IngestResult, RawFrame, StoredFact, StoredStatus, StoredTransactionFact } from './ingest-item.ts'
export { payloadHash } from './payload-hash.ts'
