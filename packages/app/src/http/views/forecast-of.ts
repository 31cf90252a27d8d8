import { type ForecastKind, siteForecasts, type Tx } from '@voltway/store'
import { type EpochMs, isoOf, type SiteId, type TenantId } from '@voltway/units'

interface Wanted {
  readonly siteId: SiteId
  readonly from: EpochMs
  readonly to: EpochMs
  readonly kind: ForecastKind
}

/** What was said of a site over a span, in order: what its panels give, what the building takes, or to what it is capped; nothing where nobody said. */
export const forecastOf = async (
  tx: Tx,
  tenantId: TenantId,
  { siteId, from, to, kind: wanted }: Wanted,
): Promise<{ readonly from: string; readonly to: string; readonly powerW: number }[]> =>
  (await siteForecasts(tx, tenantId, { siteIds: [siteId], from, to }))
    .filter(({ kind }) => kind === wanted)
    .map((row) => ({ from: isoOf(row.from), to: isoOf(row.to), powerW: row.powerW }))
