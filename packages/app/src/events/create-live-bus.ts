import {
  type Database,
  latestPosition,
  type OutboxPosition,
  positionFromText,
  positionToText,
  type StoredOutboxEvent,
  tailOutbox,
} from '@voltway/store'
import { type Clock, isoOf, SECOND, type TenantId } from '@voltway/units'
import type { Log } from '../log.ts'
import type { LiveBus, LiveEvent, WakeFrom } from './live-bus.ts'

interface Watcher {
  readonly listener: (event: LiveEvent) => void
  at: OutboxPosition
}

interface TenantWatch {
  readonly watchers: Set<Watcher>
  running: boolean
  again: boolean
}

const liveEvent = ({ at, type, subject, data, recordedAt }: StoredOutboxEvent): LiveEvent => ({
  id: positionToText(at),
  type,
  subject,
  data,
  at: isoOf(recordedAt),
})

export interface LiveBusParts {
  readonly db: Pick<Database, 'inTenant' | 'kysely'>
  readonly clock: Clock
  readonly log: Log
}

/** Tails the outbox of each tenant that somebody watches: when woken, and each second. Watchers at the same place share a query. */
export const createLiveBus = ({ db, clock, log }: LiveBusParts): LiveBus => {
  const tenants = new Map<TenantId, TenantWatch>()
  const wakeListeners = new Set<(tenantId: TenantId, from: WakeFrom) => void>()
  let closed = false
  let cancelPoll = () => {}

  const pass = async (tenantId: TenantId, { watchers }: TenantWatch): Promise<boolean> => {
    let more = false
    for (const group of Map.groupBy(watchers, ({ at }) => positionToText(at)).values()) {
      const from = group[0]?.at
      if (from === undefined) continue
      const { events, next } = await tailOutbox(db, tenantId, from)
      if (events.length === 0) continue
      more = true
      const shown = events.map(liveEvent)
      for (const watcher of group) {
        watcher.at = next
        if (watchers.has(watcher)) for (const event of shown) watcher.listener(event)
      }
    }
    return more
  }
  const pump = async (tenantId: TenantId, tenant: TenantWatch) => {
    if (tenant.running) {
      tenant.again = true
      return
    }
    tenant.running = true
    try {
      do {
        tenant.again = false
        while (!closed && (await pass(tenantId, tenant))) {
          // Until nothing is left.
        }
      } while (tenant.again && !closed)
    } catch (error) {
      if (!closed) log.warn('live events could not be read', { error })
    } finally {
      tenant.running = false
    }
  }
  const poll = () => {
    cancelPoll = clock.after(SECOND, () => {
      for (const [tenantId, tenant] of tenants) void pump(tenantId, tenant)
      if (!closed) poll()
    })
  }
  poll()

  const join = async (
    tenantId: TenantId,
    afterId: string | undefined,
    listener: Watcher['listener'],
    left: () => boolean,
  ): Promise<Watcher | undefined> => {
    const known = afterId === undefined ? undefined : positionFromText(afterId)
    const at = known ?? (await latestPosition(db))
    if (left() || closed) return undefined
    const tenant = tenants.get(tenantId) ?? { watchers: new Set(), running: false, again: false }
    tenants.set(tenantId, tenant)
    const watcher = { listener, at }
    tenant.watchers.add(watcher)
    void pump(tenantId, tenant)
    return watcher
  }

  return {
    wake: (tenantId, from = 'here') => {
      const tenant = tenants.get(tenantId)
      if (tenant) void pump(tenantId, tenant)
      for (const listener of wakeListeners) listener(tenantId, from)
    },
    onWake: (listener) => {
      wakeListeners.add(listener)
      return () => wakeListeners.delete(listener)
    },
    watch: (tenantId, afterId, listener) => {
      let left = false
      const joined = join(tenantId, afterId, listener, () => left).catch((error: unknown) => {
        log.warn('a live stream could not begin', { error })
        return undefined
      })
      return () => {
        left = true
        void joined.then((watcher) => {
          const tenant = tenants.get(tenantId)
          if (!watcher || !tenant) return
          tenant.watchers.delete(watcher)
          if (tenant.watchers.size === 0) tenants.delete(tenantId)
        })
      }
    },
    close: () => {
      closed = true
      cancelPoll()
      tenants.clear()
      wakeListeners.clear()
    },
  }
}
