import { askedPlan, type ChargeWish, latestEnd, type PlanContext } from '@voltway/domain/planning'
import { priceLine, resolveTariff } from '@voltway/domain/tariffs'
import { listVehicles } from '@voltway/store'
import { DAY, type DriverId, epochMs, HOUR, isoOf, moneyToJson, type VehicleId } from '@voltway/units'
import { Type } from 'typebox'
import { promisedRoom } from '../../planning/promised-room.ts'
import { given } from '../given.ts'
import { found } from '../problems.ts'
import { route } from '../route.ts'
import { Instant, WattHours } from '../schemas/common.ts'
import { PlanView } from '../schemas/plan.ts'
import { ref } from '../schemas/ref.ts'
import { PriceStepView } from '../tariffs/simulate-price.ts'
import { planView } from '../views/plan-view.ts'
import { driverOf } from './accept-offer.ts'
import { chargeWish, EFFICIENCY, powerOf, WishBody } from './charge-wish.ts'
import { OFFER_TTL, type Offer, signOffer } from './offer.ts'
import { offersFor } from './offers-for.ts'
import { type PlanPlace, planPlace } from './plan-place.ts'

/** Plans look a week beyond an arrival; arrivals may be months ahead. */
const HORIZON = 98 * DAY

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

export const findPlansRoute = route({
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
    asked: Type.Union([ref(PlanView), Type.Null()]),
    impossible: Type.Optional(Type.Object({ code: Type.String(), shortfallWh: WattHours })),
  }),
  async handle({ body, caller, tx, services }) {
    const { tenantId } = caller
    const driverId: DriverId = driverOf(caller)
    const now = services.clock.now()
    const place = await planPlace(tx, tenantId, { evseCode: body.evseCode, now, until: epochMs(now + HORIZON) })
    const { evse, tariff, series, load } = place
    const vehicle =
      body.vehicleId === undefined
        ? undefined
        : found((await listVehicles(tx, tenantId, { driverId, id: body.vehicleId as VehicleId }))[0], 'vehicle')
    const wish = chargeWish(body, { evse, vehicle, now })
    const limits = { maxPower: powerOf(evse, vehicle), efficiency: EFFICIENCY }
    const context: PlanContext = { tariff, freeSlots: place.bookings, limits, now, series, load }
    const head: Omit<Offer, 'plan'> = {
      tenantId,
      driverId,
      stationId: evse.stationId,
      evseId: evse.id,
      evseCode: evse.code,
      wish: body,
      expiresAt: epochMs(now + OFFER_TTL),
    }
    const offered = (plan: PlanView): PlanView => ({ ...plan, offer: signOffer({ ...head, plan }, services.secrets.offerKey) })
    const asked = askedPlan(wish, context)
    const room = await promisedRoom(tx, tenantId, { siteId: place.site.id, evseId: evse.id, from: wish.arrival, to: latestEnd(wish) })
    const { plans, short } = offersFor(body, wish, { context, place, room, vehicle })
    const until = latestEnd(wish)
    return {
      plans: plans.map(({ plan, minimumShortfall }) => offered(given({ ...planView(plan, place.carbon), minimumShortfall }))),
      priceLine: priceSteps(place, wish),
      busy: place.busy
        .filter(({ from, to }) => to > wish.arrival && from < until)
        .map(({ from, to }) => ({ from: isoOf(from), to: isoOf(to) })),
      asked: asked ? planView(asked, place.carbon) : null,
      ...(short && { impossible: { code: short.cause, shortfallWh: short.shortfallWh } }),
    }
  },
})
