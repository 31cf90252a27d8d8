import { siteForecasts, type Tx } from '@voltway/store'
import { type EpochMs, isoOf, type SiteId, type TenantId } from '@voltway/units'

/** What a site's panels are forecast to give over a span, in order; nothing where nobody said. */
export const solarOf = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, from, to }: { readonly siteId: SiteId; readonly from: EpochMs; readonly to: EpochMs },
): Promise<{ readonly from: string; readonly to: string; readonly powerW: number }[]> =>
  (await siteForecasts(tx, tenantId, { siteIds: [siteId], from, to }))
    .filter(({ kind }) => kind === 'pv')
    .map((row) => ({ from: isoOf(row.from), to: isoOf(row.to), powerW: row.powerW }))
