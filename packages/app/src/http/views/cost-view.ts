import type { CostBreakdown } from '@voltway/domain/tariffs'
import { moneyToJson } from '@voltway/units'
import type { CostView } from '../schemas/cost.ts'

/** The domain's cost in the API's words. */
export const costView = (cost: CostBreakdown): CostView => {
  const moneyOf = (micros: bigint) => moneyToJson({ currency: cost.currency, micros })
  return {
    currency: cost.currency,
    total: moneyOf(cost.totalMicros),
    net: moneyOf(cost.netMicros),
    vat: moneyOf(cost.vatMicros),
    vatRatePpm: cost.vatRatePpm.toString(),
    lines: cost.lines.map(({ dimension, label, quantity, unit, unitPriceMicros, amountMicros, isCapped }) => ({
      dimension,
      label,
      quantity,
      unit,
      unitPrice: moneyOf(unitPriceMicros),
      amount: moneyOf(amountMicros),
      ...(isCapped && { isCapped }),
    })),
  }
}
