import { askedPlan, type ChargeWish, latestEnd } from '@voltway/domain/planning'
import { priceLine, resolveTariff } from '@voltway/domain/tariffs'
import { epochMs, HOUR, isoOf, moneyToJson } from '@voltway/units'
import { Type } from 'typebox'
import { directRoute } from '../route.ts'
import { Instant, WattHours, Watts } from '../schemas/common.ts'
import { PlanView } from '../schemas/plan.ts'
import { ref } from '../schemas/ref.ts'
import { PriceStepView } from '../tariffs/simulate-price.ts'
import { forecastOf } from '../views/forecast-of.ts'
import { planView } from '../views/plan-view.ts'
import { driverOf } from './accept-offer.ts'
import { WishBody } from './charge-wish.ts'
import type { PlanPlace } from './plan-place.ts'
import { plansAt } from './plans-at.ts'

const Busy = Type.Object({ from: Instant, to: Instant })

const priceSteps = ({ tariff, series, load }: PlanPlace, wish: ChargeWish) => {
  const resolved = resolveTariff(tariff, { at: wish.arrival, slotTaken: false, series, load })
  const moneyOf = (micros: bigint) => moneyToJson({ currency: resolved.currency, micros })
  return priceLine(resolved, wish.arrival, epochMs(Math.max(latestEnd(wish), wish.arrival + HOUR))).map((step) => ({
    from: isoOf(step.from),
    to: isoOf(step.to),
    perKwh: moneyOf(step.perKwhMicros),
    perMinute: moneyOf(step.perMinuteMicros),
    label: step.label,
    peak: step.peak,
  }))
}

export const findPlansRoute = directRoute({
  id: 'findPlans',
  method: 'POST',
  url: '/driver/plans',
  summary: 'Priced plans for a wish at one connector, each with an offer that reserve and start take back',
  access: 'driver',
  body: WishBody,
  reply: Type.Object({
    plans: Type.Array(ref(PlanView)),
    priceLine: Type.Array(PriceStepView),
    busy: Type.Array(Busy),
    solar: Type.Optional(
      Type.Array(Type.Object({ from: Instant, to: Instant, powerW: Watts }), {
        description: 'What the site’s panels are forecast to give',
      }),
    ),
    asked: Type.Union([ref(PlanView), Type.Null()]),
    impossible: Type.Optional(Type.Object({ code: Type.String(), shortfallWh: WattHours })),
  }),
  async handle({ body, caller, services }) {
    const { tenantId } = caller
    const asker = { services, tenantId, driverId: driverOf(caller), now: services.clock.now() }
    const { place, wish, context, plans, short } = await plansAt(asker, body)
    const asked = askedPlan(wish, context)
    const until = latestEnd(wish)
    const span = { siteId: place.site.id, from: wish.arrival, to: until }
    const solar = await services.db.inTenant(tenantId, (tx) => forecastOf(tx, tenantId, { ...span, kind: 'pv' }))
    return {
      plans: [...plans],
      priceLine: priceSteps(place, wish),
      busy: place.busy
        .filter(({ from, to }) => to > wish.arrival && from < until)
        .map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to) })),
      ...(solar.length > 0 && { solar }),
      asked: asked ? planView(asked, place.carbon) : null,
      ...(short && { impossible: { code: short.cause, shortfallWh: short.shortfallWh } }),
    }
  },
})
