import type { Cost, Plan, Plans, PriceSpan, Wish } from '../src/api/types.ts'
import { asksMore, fakeCarPlan, fakeShortfall, fakeWishEnergy } from './fake-car-plans.ts'

const HOUR = 3_600_000
const gbp = (pounds: number) => ({ currency: 'GBP', micros: String(Math.round(pounds * 100) * 10_000) })
const exact = (pounds: number) => ({ currency: 'GBP', micros: String(Math.round(pounds * 1e6)) })
const iso = (at: number) => new Date(at).toISOString()
/** Pounds per kWh: dear in the evening, cheap at night. */
const priceAt = (at: number) => {
  const hour = new Date(at).getUTCHours()
  return hour >= 16 && hour < 22 ? 0.79 : hour >= 23 || hour < 6 ? 0.34 : 0.62
}

export const fakeCost = (energyWh: number, perKwh: number, idle = 0): Cost => {
  const energy = Math.round((energyWh / 1000) * perKwh * 100) / 100
  const lines = [
    { dimension: 'energy', label: 'Standard', quantity: energyWh, unit: 'Wh', unitPrice: exact(perKwh), amount: gbp(energy) },
    { dimension: 'session', label: '', quantity: 1, unit: 'piece', unitPrice: exact(0.2), amount: gbp(0.2) },
    ...(idle > 0
      ? [{ dimension: 'idle', label: '', quantity: idle * 60_000, unit: 'ms', unitPrice: exact(0.4), amount: gbp(idle * 0.4) }]
      : []),
  ]
  const total = energy + 0.2 + idle * 0.4
  return { currency: 'GBP', total: gbp(total), net: gbp(total / 1.2), vat: gbp(total - total / 1.2), vatRatePpm: '200000', lines }
}

export const fakePlan = (
  kind: string,
  { start, energyWh, powerW }: { start: number; energyWh: number; powerW: number },
  reasons: Plan['reasons'],
): Plan => {
  const end = start + Math.ceil((energyWh / powerW) * 60) * 60_000
  return {
    kind,
    start: iso(start),
    end: iso(end),
    energyWh,
    curve: [{ from: iso(start), to: iso(end), powerW }],
    cost: fakeCost(energyWh, priceAt(start)),
    tariff: { kind: 'elements', name: 'Rapid', idle: { perMinute: '400000', graceMinutes: 10 } },
    reasons,
    offer: `offer-${kind}-${start}-${energyWh}-padding-padding`,
  }
}

const pricesOf = (from: number, to: number): readonly PriceSpan[] => {
  const first = Math.floor(from / HOUR) * HOUR
  return Array.from({ length: Math.ceil((to - first) / HOUR) }, (_, index) => {
    const at = first + index * HOUR
    return { from: iso(at), to: iso(at + HOUR), perKwh: exact(priceAt(at)), peak: priceAt(at) > 0.7 }
  })
}

/** Offers as the platform gives them: soonest, off-peak and cheapest, or what is missing. */
export const fakePlans = (wish: Wish, { now, maxPowerW }: { readonly now: number; readonly maxPowerW: number }): Plans => {
  const from = Date.parse(wish.arrival ?? iso(now))
  const powerW = Math.min(maxPowerW, 120_000)
  const energyWh = fakeWishEnergy(wish)
  const until = Date.parse(wish.departure ?? iso(from + 4 * HOUR))
  const possibleWh = Math.floor((powerW * (until - from)) / HOUR)
  const priceLine = pricesOf(from, until)
  const busy = [{ from: iso(from + 0.75 * HOUR), to: iso(from + 1.5 * HOUR) }]
  if (asksMore(wish)) {
    const { slots, curve, reasons, perKwh } = fakeCarPlan(wish, { from, until, powerW, busy, priceAt })
    const plan = fakePlan(wish.goal === 'earliest' ? 'soonest' : 'cheapest', { start: from, energyWh, powerW }, reasons)
    const [first, last] = [curve[0], curve.at(-1)]
    const cost = fakeCost(energyWh, Math.round(perKwh * 100) / 100)
    const minimumShortfall = fakeShortfall(wish, curve)
    const plans =
      first && last ? [{ ...plan, start: first.from, end: last.to, curve, slots, cost, gap: { cost: exact(0) }, ...minimumShortfall }] : []
    return { plans, priceLine, busy, asked: null }
  }
  if (possibleWh < energyWh)
    return {
      plans: [fakePlan('soonest', { start: from, energyWh: possibleWh, powerW }, [{ code: 'leastShortfall' }])],
      priceLine,
      busy,
      asked: null,
      impossible: { code: 'tooLittleTime', shortfallWh: energyWh - possibleWh },
    }
  const asked = fakePlan('power', { start: from, energyWh, powerW }, [{ code: 'fitsEnergy' }, { code: 'asAsked' }])
  const length = Date.parse(asked.end) - from
  const starts = Array.from({ length: Math.max(1, Math.floor((until - length - from) / 900_000) + 1) }, (_, step) => from + step * 900_000)
  const cheapest = starts.reduce((best, start) => (priceAt(start) < priceAt(best) ? start : best), from)
  const saved = {
    currency: 'GBP',
    micros: String(Number(asked.cost.total.micros) - Number(fakeCost(energyWh, priceAt(cheapest)).total.micros)),
  }
  const shifted = { shiftMinutes: (cheapest - from) / 60_000, saved }
  const reasons = [{ code: 'cheapestBeforeDeparture', ...shifted }, { code: 'waitsForLess' }]
  const cheap = { ...fakePlan('cheapest', { start: cheapest, energyWh, powerW }, reasons), gap: { cost: exact(0) } }
  const less = fakePlan('duration', { start: from, energyWh: Math.round(energyWh / 2), powerW }, [{ code: 'fitsDuration' }])
  const plans = cheapest === from ? [asked, less] : [asked, cheap, less]
  return {
    plans: Number(wish.priceCapMicros ?? Number.POSITIVE_INFINITY) < Number(cheap.cost.total.micros) ? [] : plans,
    priceLine,
    busy,
    asked,
    ...(Number(wish.priceCapMicros ?? Number.POSITIVE_INFINITY) < Number(cheap.cost.total.micros) && {
      impossible: { code: 'priceCap', shortfallWh: Math.round(energyWh / 3) },
    }),
  }
}
