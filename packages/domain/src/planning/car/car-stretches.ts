import type { Slot } from '../../reservations/slot.ts'
import { priceLine } from '../../tariffs/price-line.ts'
import { fixedMoney, grossFactor } from '../fixed-money.ts'
import { frozenTariff } from '../frozen-tariff.ts'
import { planPower } from '../plan-context.ts'
import type { CarContext, CarWish } from './car-wish.ts'

/** A part of a free window in which nothing changes, as the checker cuts it for itself. */
export interface CarStretch {
  readonly from: number
  readonly to: number
  /** Micros, VAT included, whole. */
  readonly perKwh: number
  /** Billionths for each millisecond between start and end. */
  readonly perMs: number
  readonly grams: number
  /** W that may be offered; 0 where that is less than the least power. */
  readonly power: number
  /** What a plan that starts here pays whatever its length, in billionths; undefined where none may. */
  readonly fee: number | undefined
}

const QUARTER = 900_000

interface Span {
  readonly from: number
  readonly to: number
}
const at = <Step extends Span>(steps: readonly Step[], instant: number): Step | undefined =>
  steps.find(({ from, to }) => from <= instant && to > instant)

/** Cuts a free window wherever anything changes and wherever a plan may start. */
export const carStretches = (window: Slot, wish: CarWish, context: CarContext): readonly CarStretch[] => {
  const { arrival, minimum } = wish
  const { powerLimits = [], carbon = [], minPower = 0 } = context
  const tariffAt = frozenTariff(context, arrival)
  const tariff = tariffAt(arrival)
  const gross = grossFactor(tariff)
  const prices = priceLine(tariff, window.start, window.end)
  const edges = new Set<number>([window.start])
  const add = (instant: number) => {
    if (instant > window.start && instant < window.end) edges.add(instant)
  }
  for (const { from, to } of [...prices, ...powerLimits, ...carbon]) [from, to].forEach(add)
  if (minimum) add(minimum.by)
  for (let start = arrival + Math.ceil((window.start - arrival) / QUARTER) * QUARTER; start < window.end; start += QUARTER) add(start)
  const sorted = [...edges].sort((a, b) => a - b)
  return sorted.map((from, index) => {
    const price = at(prices, from)!
    const power = Math.min(planPower(context), Math.floor(at(powerLimits, from)?.power ?? Number.POSITIVE_INFINITY))
    return {
      from,
      to: sorted[index + 1] ?? window.end,
      perKwh: Math.round(Number(price.perKwhMicros) * gross),
      perMs: (Number(price.perMinuteMicros) * gross) / 60,
      grams: at(carbon, from)?.gramsPerKwh ?? 0,
      power: power < minPower ? 0 : power,
      fee:
        (from - arrival) % QUARTER === 0 ? gross * fixedMoney(tariffAt(from as typeof arrival), from as typeof arrival) * 1_000 : undefined,
    }
  })
}
