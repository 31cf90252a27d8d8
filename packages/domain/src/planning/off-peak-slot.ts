import { type EpochMs, epochMs } from '@voltway/units'
import { SLOT_STEP_MS } from '../reservations/booking-tree.ts'
import { freeWindows } from '../reservations/free-windows.ts'
import { type PriceStep, priceLine } from '../tariffs/price-line.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import type { ChargeWish } from './plan.ts'
import { latestEnd, type PlanContext } from './plan-context.ts'

/** Stretches that are wholly off-peak; `priceLine` also cuts where only the price changes. */
const offPeakSpans = (steps: readonly PriceStep[]): readonly { from: EpochMs; to: EpochMs }[] => {
  const spans: { from: EpochMs; to: EpochMs }[] = []
  for (const { from, to, peak } of steps) {
    if (peak) continue
    const last = spans.at(-1)
    if (last?.to === from) last.to = to
    else spans.push({ from, to })
  }
  return spans
}

/**
 * The nearest free off-peak slot of a duration, in 15-minute steps from the arrival to the departure. One that stays
 * off-peak to its end is preferred; a duration that no off-peak stretch holds need only begin off-peak, as the paper's
 * peak status is that of the start. Undefined when there is none.
 */
export const offPeakSlot = (wish: ChargeWish, context: PlanContext, slot: { durationMs: number; tariff: Tariff }): EpochMs | undefined => {
  const { arrival } = wish
  const from = epochMs(Math.max(arrival, context.now))
  const windows = freeWindows(context.freeSlots, from, latestEnd(wish))
  const spans = offPeakSpans(priceLine(slot.tariff, from, latestEnd(wish)))
  const nearest = (stays: boolean) => {
    for (const window of windows) {
      for (const span of spans) {
        const earliest = Math.max(window.start, span.from)
        const start = arrival + Math.ceil((earliest - arrival) / SLOT_STEP_MS) * SLOT_STEP_MS
        const mustEndBy = stays ? Math.min(window.end, span.to) : window.end
        if (start < span.to && start + slot.durationMs <= mustEndBy) return epochMs(start)
      }
    }
    return undefined
  }
  return nearest(true) ?? nearest(false)
}
