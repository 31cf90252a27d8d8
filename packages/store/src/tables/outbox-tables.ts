import type { EpochMs, TenantId } from '@voltway/units'
import type { Generated, GeneratedAlways } from 'kysely'
import type { Json } from './json-columns.ts'

export interface OutboxTable {
  readonly tenant_id: TenantId
  readonly position: GeneratedAlways<number>
  readonly xid: Generated<string>
  readonly recorded_at: EpochMs
  readonly type: string
  readonly subject: string
  readonly data: Json
}

export interface OutboxCursorTable {
  readonly tenant_id: TenantId
  readonly consumer: string
  readonly xid: string
  readonly position: number
}

export interface OutboxTables {
  readonly 'voltway.outbox': OutboxTable
  readonly 'voltway.outbox_cursor': OutboxCursorTable
}
