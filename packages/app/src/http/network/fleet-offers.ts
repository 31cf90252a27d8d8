import { latestEnd, type PlanContext } from '@voltway/domain/planning'
import { bookingIndex } from '@voltway/domain/reservations'
import { type EvseRow, type SiteCapacity, siteCapacity } from '@voltway/store'
import type { EpochMs, EvseId, SiteId, TenantId } from '@voltway/units'
import { promisedBy, roomIn } from '../../planning/promised-room.ts'
import type { ServerServices } from '../../server-services.ts'
import { chargeWish, EFFICIENCY, powerOf, type WishBody } from '../driver/charge-wish.ts'
import { type Offered, offersFor } from '../driver/offers-for.ts'
import { type PlanPlace, planPlace } from '../driver/plan-place.ts'
import { offeredView } from '../driver/plans-at.ts'
import type { PlanView } from '../schemas/plan.ts'

/** Who asks, and the time that is looked at for all wishes. */
export interface FleetAsker {
  readonly services: ServerServices
  readonly tenantId: TenantId
  readonly now: EpochMs
  readonly from: EpochMs
  readonly until: EpochMs
}

/** What was promised in the same request. */
export interface BatchPromise {
  readonly evseId: EvseId
  readonly siteId: SiteId
  readonly plan: Pick<PlanView, 'curve' | 'phases'>
}

interface Facts {
  readonly place: PlanPlace
  readonly capacity: SiteCapacity
}

/** Facts of EVSEs and their sites, each read once. */
const openFacts = ({ services: { db }, tenantId, now, from, until }: FleetAsker) => {
  const places = new Map<EvseId, PlanPlace>()
  const capacities = new Map<SiteId, SiteCapacity>()
  return async (evse: EvseRow): Promise<Facts> => {
    const place =
      places.get(evse.id) ??
      (await db.inTenant(tenantId, (tx) => planPlace(tx, tenantId, { evseCode: evse.code, now, until, isOwn: true })))
    places.set(evse.id, place)
    const siteId = place.site.id
    const capacity =
      capacities.get(siteId) ?? (await db.inTenant(tenantId, (tx) => siteCapacity(tx, tenantId, { siteId, from, to: until })))
    if (!capacity) throw new Error(`the site ${siteId} is not there any more`)
    capacities.set(siteId, capacity)
    return { place, capacity }
  }
}

export interface FleetAsk {
  readonly evse: EvseRow
  readonly vehicle: Parameters<typeof powerOf>[1]
  readonly body: WishBody
  /** Of the EVSE, what this request keeps for others. */
  readonly kept: readonly { readonly from: EpochMs; readonly to: EpochMs }[]
  /** Everything that was promised in this request before. */
  readonly promised: readonly BatchPromise[]
}

export interface FleetOffers {
  readonly place: PlanPlace
  readonly plans: readonly PlanView[]
  readonly short: Offered['short']
}

/** The plans of an EVSE for one of many wishes, beside what its bookings, its site and the wishes before leave. @throws Problem PLANNER_BUSY */
export const fleetOffers = (asker: FleetAsker): ((ask: FleetAsk) => Promise<FleetOffers>) => {
  const factsOf = openFacts(asker)
  return async ({ evse, vehicle, body, kept, promised }) => {
    const { place, capacity } = await factsOf(evse)
    const { tariff, series, load, site, carbon } = place
    const busy = [...place.busy, ...kept].map(({ from, to }) => ({ start: from, end: to })).toSorted((a, b) => a.start - b.start)
    const freeSlots = bookingIndex(busy)
    if (!freeSlots.ok) throw new Error(`slots of ${evse.code} are kept twice`)
    const here = promised.filter(({ siteId }) => siteId === site.id)
    const withBatch: SiteCapacity = {
      ...capacity,
      promised: [...capacity.promised, ...here.map(({ evseId, plan }) => promisedBy(evseId, plan))],
    }
    const wish = chargeWish(body, { evse, vehicle, now: asker.now })
    const limits = { maxPower: powerOf(evse, vehicle), efficiency: EFFICIENCY }
    const context: PlanContext = { tariff, freeSlots: freeSlots.value, limits, now: asker.now, series, load }
    const room = roomIn(withBatch, { evseId: evse.id, from: wish.arrival, to: latestEnd(wish) })
    const { plans, short } = await offersFor({ planner: asker.services.driverPlanner, body, wish, context, place, room, vehicle })
    return { place, plans: plans.map((one) => offeredView(one, carbon)), short }
  }
}
