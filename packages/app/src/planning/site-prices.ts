import type { SpanPrice } from '@voltway/domain/planning/steering'
import { parseTariff, resolveTariff } from '@voltway/domain/tariffs'
import { listTariffs, type Tx } from '@voltway/store'
import type { EpochMs, TariffId, TenantId } from '@voltway/units'
import { seriesOf } from '../http/tariffs/quote-context.ts'
import { spanPrices } from './promise-of.ts'

/** What energy costs at a site by its tariff and the day-ahead prices that it follows; nothing where it has none. */
export const sitePrices = async (
  tx: Tx,
  tenantId: TenantId,
  { tariffId, from, to }: { readonly tariffId: TariffId | null; readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly SpanPrice[]> => {
  const row = tariffId === null ? undefined : (await listTariffs(tx, tenantId, { id: tariffId }))[0]
  const parsed = row && parseTariff(row.definition)
  if (!parsed?.ok) return []
  const series = await seriesOf(tx, tenantId, { tariff: parsed.value, from, to })
  return spanPrices(resolveTariff(parsed.value, { at: from, slotTaken: false, series, load: 0n }), from, to)
}
