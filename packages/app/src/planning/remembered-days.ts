import { pastSessions, type SiteToSteer } from '@voltway/store'
import type { EpochMs, SiteId, TenantId } from '@voltway/units'
import type { Services } from '../services.ts'
import { dateOf, openPastDays, type PastDays, pastFrom } from './past-days.ts'

/** The last days of sites, read once a day each. */
export interface RememberedDays {
  readonly of: (
    services: Pick<Services, 'db'>,
    tenantId: TenantId,
    at: { readonly row: Pick<SiteToSteer, 'id' | 'timeZone'>; readonly now: EpochMs },
  ) => Promise<PastDays>
}

/** @param mostSites those read longest ago are forgotten first */
export const createRememberedDays = (mostSites = 500): RememberedDays => {
  const known = new Map<SiteId, PastDays>()
  return {
    of: async (services, tenantId, { row, now }) => {
      const { id: siteId, timeZone } = row
      const found = known.get(siteId)
      if (found?.date === dateOf(now, timeZone)) return found
      const sessions = await services.db.inTenant(tenantId, (tx) =>
        pastSessions(tx, tenantId, { siteId, from: pastFrom(now, timeZone), to: now }),
      )
      const read = openPastDays(sessions, { now, timeZone })
      known.delete(siteId)
      known.set(siteId, read)
      for (const eldest of known.keys()) {
        if (known.size <= mostSites) break
        known.delete(eldest)
      }
      return read
    },
  }
}
