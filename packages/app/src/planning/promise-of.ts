import type { PowerStep } from '@voltway/domain/planning'
import { type MicrosPerKwh, microsPerKwh } from '@voltway/domain/planning/site'
import { promisedParts, type SpanPrice, type SteeredWish } from '@voltway/domain/planning/steering'
import { parseTariff, priceLine, type Tariff } from '@voltway/domain/tariffs'
import { type EpochMs, epochMs, instantOf, wattHours, watts } from '@voltway/units'

/** The prices of a tariff over a span, as steering weighs them. */
export const spanPrices = (tariff: Tariff, from: EpochMs, to: EpochMs): readonly SpanPrice[] =>
  priceLine(tariff, from, to).map((step) => ({
    from: step.from,
    to: step.to,
    perKwh: microsPerKwh(Number(step.perKwhMicros)) satisfies MicrosPerKwh,
  }))

/** A plan's curve as it was kept. */
export const curveOf = (json: unknown): readonly PowerStep[] => {
  if (!Array.isArray(json)) return []
  return json.flatMap((step: { readonly from?: unknown; readonly to?: unknown; readonly powerW?: unknown; readonly limitW?: unknown }) => {
    const [from, to] = [instantOf(String(step.from)), instantOf(String(step.to))]
    // What was offered, where a filling battery was expected to take less.
    const power = step.limitW ?? step.powerW
    if (from === undefined || to === undefined || typeof power !== 'number' || !(to > from)) return []
    return [{ from, to, power: watts(power) }]
  })
}

/** An accepted plan as it was kept, as the promise that it is; undefined when it says nothing of energy. */
export const promiseOf = (
  plan: unknown,
  { from, until, now }: { readonly from: EpochMs; readonly until: EpochMs; readonly now: EpochMs },
): SteeredWish | undefined => {
  if (typeof plan !== 'object' || plan === null || !('energyWh' in plan) || typeof plan.energyWh !== 'number') return undefined
  const curve = curveOf('curve' in plan ? plan.curve : undefined)
  if (curve.length === 0 || until <= now) return undefined
  const tariff = 'tariff' in plan ? parseTariff(plan.tariff) : undefined
  const first = epochMs(Math.min(now, from, ...curve.map((step) => step.from)))
  const prices = tariff?.ok ? spanPrices(tariff.value, first, until) : []
  return {
    kind: 'promise',
    arrival: from,
    departure: until,
    curve,
    parts: promisedParts(curve, prices, wattHours(Math.round(plan.energyWh))),
    prices: prices.filter(({ to }) => to > now),
  }
}
