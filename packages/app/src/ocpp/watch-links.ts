import { type Database, markSeen } from '@voltway/store'
import { type Clock, type EpochMs, epochMs, type Milliseconds, type TenantId } from '@voltway/units'
import type { Log } from '../log.ts'
import type { Link } from './link-services.ts'
import type { Links } from './links.ts'

export interface WatchRules {
  /** Between two looks at all links. */
  readonly every: Milliseconds
  /** A silent station is pinged; one that answers pings is dead after two that it did not answer. */
  readonly pingAfter: Milliseconds
  /** Silent for so long without ever answering pings: dead. Three heartbeats. */
  readonly silentFor: Milliseconds
}

interface WatchServices {
  readonly clock: Clock
  readonly network: Clock
  readonly log: Log
  readonly db: Database
  readonly links: Links<Link>
}

/** One timer for all links: an idle link costs no timer of its own. Also writes when stations were last heard. */
export function watchLinks(services: WatchServices, rules: WatchRules): () => void {
  let cancel = () => {}
  let written = services.network.now()
  const look = () => {
    const now = services.network.now()
    for (const link of services.links.all()) {
      const silent = now - link.lastHeardAt
      if (silent > rules.silentFor || (link.answersPings && silent > 3 * rules.pingAfter)) link.terminate('silent for too long')
      else if (silent > rules.pingAfter) link.ping()
    }
    void writeSeen(services, written)
    written = now
    cancel = services.network.after(rules.every, look)
  }
  cancel = services.network.after(rules.every, look)
  return () => cancel()
}

async function writeSeen({ clock, network, db, log, links }: WatchServices, since: EpochMs): Promise<void> {
  const byTenant = new Map<TenantId, { stationId: Link['stationId']; at: EpochMs }[]>()
  const [now, at] = [network.now(), clock.now()]
  for (const link of links.all()) {
    if (link.lastHeardAt < since) continue
    const seen = byTenant.get(link.station.tenantId) ?? []
    seen.push({ stationId: link.stationId, at: epochMs(at - (now - link.lastHeardAt)) })
    byTenant.set(link.station.tenantId, seen)
  }
  for (const [tenantId, seen] of byTenant)
    await db
      .inTenant(tenantId, (tx) => markSeen(tx, tenantId, seen))
      .catch((error: unknown) => log.error('when stations were heard could not be written', { error }))
}
