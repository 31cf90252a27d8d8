import type { SeriesPrice, Tariff } from '@voltway/domain/tariffs'
import { priceSeries, type Tx } from '@voltway/store'
import type { EpochMs, TenantId } from '@voltway/units'

/** The stored day-ahead prices that a tariff follows; none for a tariff that follows nothing. */
export const seriesOf = async (
  tx: Tx,
  tenantId: TenantId,
  { tariff, from, to }: { readonly tariff: Tariff; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly SeriesPrice[]> => {
  if (tariff.kind !== 'elements' || !tariff.dynamic || tariff.bands) return []
  const rows = await priceSeries(tx, tenantId, { name: tariff.dynamic.series, from, to })
  return rows.map((row) => ({ from: row.from, to: row.to, perKwhMicros: row.perKwh }))
}

/** Load of a site in parts per million of its limit. */
export const siteLoad = ({ powerW, gridLimitW }: { readonly powerW: number; readonly gridLimitW: number | null }): bigint =>
  gridLimitW === null || powerW <= 0 ? 0n : BigInt(Math.min(1_000_000, Math.round((powerW / gridLimitW) * 1_000_000)))
