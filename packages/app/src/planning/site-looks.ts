import type { ChangedSites } from '@voltway/store'
import { type EpochMs, MINUTE, type SiteId, type TenantId } from '@voltway/units'

/** What is remembered of the last look at a tenant's sites. */
export interface SiteLook {
  /** Of the outbox: what lies behind it is new. */
  readonly next: string
  /** When all sites were read. */
  readonly allAt: EpochMs
  /** Where something was done, so that more may follow. */
  readonly again: ReadonlySet<SiteId>
}

/** By tenant, in this process: who has none of a tenant looks at everything. */
export type SiteLooks = Map<TenantId, SiteLook>

/** What only time brings (a slot begins, a reservation comes near, a station is asked again) may be late by this. */
const ALL_EVERY = MINUTE

/** Which sites a look has to read. */
export const sitesToRead = (last: SiteLook | undefined, { siteIds }: ChangedSites, now: EpochMs): readonly SiteId[] | 'all' => {
  if (!last || siteIds === 'all') return 'all'
  if (now >= last.allAt + ALL_EVERY || now < last.allAt) return 'all'
  return [...new Set([...last.again, ...siteIds])]
}
