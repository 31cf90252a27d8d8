export { appendOutbox } from './append-outbox.ts'
export type { JsonObject, OutboxEvent, OutboxPosition, StoredOutboxEvent } from './outbox-event.ts'
