import type { TenantId } from '@voltway/units'

/** What happened, as the outbox has it. `id` is its place there: an opaque text that only grows. */
export interface LiveEvent {
  readonly id: string
  readonly type: string
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
  /** ISO 8601, UTC. */
  readonly at: string
}

/** Where events were committed: in this process, or on another node that said so. */
export type WakeFrom = 'here' | 'elsewhere'

/** Domain events as they are committed, to whoever watches a tenant in this process. */
export interface LiveBus {
  /** Says that a transaction of the tenant committed events, in this process unless told, so that watchers need not wait for the slow poll. */
  readonly wake: (tenantId: TenantId, from?: WakeFrom) => void
  /** Calls back at each wake; the answer ends it. Jobs use it. */
  readonly onWake: (listener: (tenantId: TenantId, from: WakeFrom) => void) => () => void
  /** Calls back with every event after `afterId` (or from now on), in order, once each; the answer ends it. */
  readonly watch: (tenantId: TenantId, afterId: string | undefined, listener: (event: LiveEvent) => void) => () => void
  readonly close: () => void
}
