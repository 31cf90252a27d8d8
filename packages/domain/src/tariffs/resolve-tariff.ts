import { type EpochMs, epochMs, rational, roundHalfAway } from '@voltway/units'
import { availabilityMultiplier } from './availability-multiplier.ts'
import type { DynamicPrice, PriceBand, PriceMicros, Tariff } from './tariff.ts'

/** A stretch of a stored price series, such as a day-ahead auction's quarter hours; may be negative. */
export interface SeriesPrice {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwhMicros: bigint
}

/** What is known at the moment at which a driver is quoted a price. */
export interface QuoteContext {
  /** Start of the plan or session. */
  readonly at: EpochMs
  /** Whether the slot that the driver asked for was taken (the paper's "not available"). */
  readonly slotTaken: boolean
  readonly series: readonly SeriesPrice[]
  /** Load of the site as parts per million of its limit. */
  readonly load: bigint
}

const PPM = 1_000_000n
const clamp = (value: bigint, low: bigint, high: bigint | undefined) =>
  value < low ? low : high !== undefined && value > high ? high : value

/** A price below zero is never charged: without a floor of its own, a dynamic price stops at zero. */
const perKwhOf = (dynamic: DynamicPrice, seriesMicros: bigint, load: bigint): PriceMicros => {
  const share = clamp(load, 0n, PPM)
  const moving = roundHalfAway(rational(seriesMicros * dynamic.factorPpm + (dynamic.loadPerKwh ?? 0n) * share, PPM))
  return clamp(moving + dynamic.markupPerKwh, dynamic.floorPerKwh ?? 0n, dynamic.capPerKwh)
}

const bandsOf = (dynamic: DynamicPrice, { at, series, load }: QuoteContext): readonly PriceBand[] => {
  const bands: PriceBand[] = []
  for (const entry of [...series].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = bands.at(-1)
    const from = epochMs(Math.max(entry.from, last?.to ?? entry.from))
    if (entry.to <= at || from >= entry.to) continue
    const perKwh = perKwhOf(dynamic, entry.perKwhMicros, load)
    if (last?.to === from && last.perKwh === perKwh) bands[bands.length - 1] = { ...last, to: entry.to }
    else bands.push({ from, to: entry.to, perKwh })
  }
  return bands
}

/**
 * The tariff that a driver accepts: what depends on the moment is fixed, so that it prices the same for ever. The EVCMS
 * multiplier is taken from Table 1; a dynamic price becomes bands (where the series says nothing, the elements' price
 * holds). What is fixed already stays.
 */
export const resolveTariff = (tariff: Tariff, quote: QuoteContext): Tariff => {
  if (tariff.kind === 'evcms')
    return tariff.acmPpm === undefined ? { ...tariff, acmPpm: availabilityMultiplier(tariff, quote.at, quote.slotTaken) } : tariff
  return tariff.dynamic && !tariff.bands ? { ...tariff, bands: bandsOf(tariff.dynamic, quote) } : tariff
}
