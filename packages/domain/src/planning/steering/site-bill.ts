import { type WattHours, type Watts, wattHours, watts } from '@voltway/units'
import { pricesAtStart, type SlotGrid, slotHours } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'

/** What cars add to a site's bill. */
export interface SiteBill {
  readonly costNanos: bigint
  /** Of their energy, what the panels give and would else be fed in. */
  readonly solar: WattHours
  readonly peakRise: Watts
}

/**
 * What the cars cost at the site's prices, what feeding in would have earned, and the peak that they raise.
 * @param base W that the site takes without cars, by slot
 */
export const siteBill = (
  site: SteeredSite,
  grid: SlotGrid,
  { base, energy, power }: { readonly base: Float64Array; readonly energy: Float64Array; readonly power: Float64Array },
): SiteBill => {
  const prices = pricesAtStart(grid, site.prices)
  const { pricePerKw = 0, peakSoFar = 0 } = site.demandCharge ?? {}
  let [nanos, solar, peak] = [0, 0, 0]
  let alone: number = peakSoFar
  for (let slot = 0; slot < grid.count; slot++) {
    const own = base[slot]! * slotHours(grid, slot)
    const price = prices[slot]!
    const fedIn = Math.min(site.surroundings?.feedInPerKwh ?? 0, price)
    const bill = (wh: number) => wh * (wh > 0 ? price : fedIn)
    nanos += bill(own + energy[slot]!) - bill(own)
    solar += Math.min(energy[slot]!, Math.max(0, -own))
    alone = Math.max(alone, base[slot]!)
    peak = Math.max(peak, base[slot]! + power[slot]!)
  }
  const peakRise = site.demandCharge ? Math.max(0, Math.round(peak - alone)) : 0
  return {
    costNanos: BigInt(Math.round(nanos)) + BigInt(peakRise) * BigInt(pricePerKw),
    solar: wattHours(Math.round(solar)),
    peakRise: watts(peakRise),
  }
}
