import { listSites, type SiteRow, type Tx } from '@voltway/store'
import type { SiteId, TenantId } from '@voltway/units'
import { found } from '../problems.ts'

/** @throws Problem NOT_FOUND */
export const findSite = async (tx: Tx, tenantId: TenantId, id: string): Promise<SiteRow> =>
  found((await listSites(tx, tenantId, { id: id as SiteId }))[0], 'site')
