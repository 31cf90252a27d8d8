import type { SeriesPrice, Tariff } from '@voltway/domain/tariffs'
import { siteLoad, type Tx } from '@voltway/store'
import type { EpochMs, SiteId, TenantId } from '@voltway/units'
import { seriesOf } from '../http/tariffs/quote-context.ts'

export interface QuotePlace {
  readonly siteId: SiteId
  readonly tariff: Tariff
  /** The span for which prices are wanted. */
  readonly from: EpochMs
  readonly to: EpochMs
}
/** What a dynamic tariff moves with, as it stands now. */
export interface MovingPrices {
  readonly series: readonly SeriesPrice[]
  /** Parts per million of the site's limit. */
  readonly load: bigint
}

/** The stored day-ahead prices and the site's load, for a tariff that follows them; nothing is read for one that does not. */
export async function movingPrices(tx: Tx, tenantId: TenantId, { siteId, tariff, from, to }: QuotePlace): Promise<MovingPrices> {
  const series = await seriesOf(tx, tenantId, { tariff, from, to })
  const follows = tariff.kind === 'elements' && tariff.dynamic?.loadPerKwh !== undefined
  return { series, load: follows ? await siteLoad(tx, tenantId, siteId) : 0n }
}
