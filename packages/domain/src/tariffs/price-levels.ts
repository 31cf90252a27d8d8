import type { EpochMs } from '@voltway/units'

/** What energy costs over [from, to), in micros of a kilowatt-hour. */
export interface PricedSpan {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly perKwh: number
}

/** How dear energy is, relative to the other hours: 1 is the cheapest. Cars are told so; what it costs in money is not in it. */
export interface PriceLevels {
  readonly levels: number
  /** One after the other, in whole seconds from when they were asked for; the last one ends after its duration. */
  readonly entries: readonly { readonly startSeconds: number; readonly durationSeconds: number; readonly level: number }[]
}

export interface LevelRequest {
  readonly from: EpochMs
  readonly until: EpochMs
  /** More prices than that are put together, dear with dear. */
  readonly most?: number
}

const MOST_LEVELS = 32

/**
 * Prices as levels: equal prices have the same, a dearer one never a lower. Undefined where nothing is known of these hours.
 * Source: ISO 15118-2 EPriceLevel, ISO 15118-20 PriceLevel, OCPP 2.0.1 SalesTariffEntryType.
 */
export const priceLevels = (prices: readonly PricedSpan[], { from, until, most = MOST_LEVELS }: LevelRequest): PriceLevels | undefined => {
  const spans = prices
    .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(until, span.to) }))
    .filter((span) => span.to > span.from)
    .sort((a, b) => a.from - b.from)
  const ranks = [...new Set(spans.map(({ perKwh }) => perKwh))].sort((a, b) => a - b)
  if (ranks.length === 0) return undefined
  const levels = Math.min(ranks.length, most)
  const levelOf = (price: number) => 1 + Math.floor((ranks.indexOf(price) * levels) / ranks.length)
  const entries: PriceLevels['entries'][number][] = []
  for (const span of spans) {
    const [startSeconds, end] = [Math.round((span.from - from) / 1_000), Math.round((span.to - from) / 1_000)]
    const [last, level] = [entries.at(-1), levelOf(span.perKwh)]
    if (end <= startSeconds) continue
    if (last?.level === level && last.startSeconds + last.durationSeconds === startSeconds)
      entries[entries.length - 1] = { ...last, durationSeconds: end - last.startSeconds }
    else entries.push({ startSeconds, durationSeconds: end - startSeconds, level })
  }
  return { levels, entries }
}
