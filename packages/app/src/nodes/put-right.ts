import { type Database, endLink, expireLeftCommands, linksLeftOpen } from '@voltway/store'
import type { Clock, TenantId } from '@voltway/units'

/** Said of links and commands whose node did not live to tell of their end. */
export const NODE_GONE = 'the server that held the link is gone'

/**
 * Links and commands of nodes whose lease has ended, ended with it: their stations are offline until they come back, and whoever
 * asked for a command gets no answer. What living nodes hold is left alone. Safe to run again, and on several nodes at once.
 * @returns the tenants of which something was put right
 */
export const putRight = async ({ db, clock }: { readonly db: Database; readonly clock: Clock }): Promise<readonly TenantId[]> => {
  const changed: TenantId[] = []
  for (const tenantId of await db.tenants())
    await db.inTenant(tenantId, async (tx) => {
      const at = clock.now()
      const left = await linksLeftOpen(tx, tenantId)
      for (const { stationId, epoch } of left) await endLink(tx, { tenantId, stationId, epoch, at, reason: NODE_GONE })
      const expired = await expireLeftCommands(tx, tenantId, { at, error: NODE_GONE })
      if (left.length > 0 || expired > 0) changed.push(tenantId)
    })
  return changed
}
