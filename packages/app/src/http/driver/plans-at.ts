import { type ChargeWish, latestEnd, type PlanContext } from '@voltway/domain/planning'
import { listVehicles, type Tx, type VehicleRow } from '@voltway/store'
import { DAY, type DriverId, type EpochMs, epochMs, type TenantId, type VehicleId } from '@voltway/units'
import { promisedRoom } from '../../planning/promised-room.ts'
import type { ServerServices } from '../../server-services.ts'
import { given } from '../given.ts'
import { found } from '../problems.ts'
import type { PlanView } from '../schemas/plan.ts'
import { planView } from '../views/plan-view.ts'
import { chargeWish, EFFICIENCY, powerOf, type WishBody } from './charge-wish.ts'
import { OFFER_TTL, type Offer, signOffer } from './offer.ts'
import { type Offered, offersFor } from './offers-for.ts'
import { type PlanPlace, planPlace } from './plan-place.ts'

/** Plans look a week beyond an arrival; arrivals may be months ahead. */
const HORIZON = 98 * DAY

/** Who asks. Plans are made outside of transactions: nobody holds a connection while they wait for one. */
export interface PlanAsker {
  readonly services: ServerServices
  readonly tenantId: TenantId
  readonly driverId: DriverId
  readonly now: EpochMs
}

export interface PlansAt {
  readonly place: PlanPlace
  readonly wish: ChargeWish
  readonly context: PlanContext
  /** Each with an offer that reserve and start take back. */
  readonly plans: readonly PlanView[]
  readonly short: Offered['short']
}

/** The driver's own car. @throws Problem NOT_FOUND */
export const vehicleOf = async (tx: Tx, { tenantId, driverId }: PlanAsker, id: string | undefined): Promise<VehicleRow | undefined> =>
  id === undefined ? undefined : found((await listVehicles(tx, tenantId, { driverId, id: id as VehicleId }))[0], 'vehicle')

const factsAt = (asker: PlanAsker, body: WishBody) =>
  asker.services.db.inTenant(asker.tenantId, async (tx) => {
    const { tenantId, now } = asker
    const place = await planPlace(tx, tenantId, { evseCode: body.evseCode, now, until: epochMs(now + HORIZON) })
    const { site, evse, tariff, series, load } = place
    const vehicle = await vehicleOf(tx, asker, body.vehicleId)
    const wish = chargeWish(body, { evse, vehicle, now })
    const limits = { maxPower: powerOf(evse, vehicle), efficiency: EFFICIENCY }
    const context: PlanContext = { tariff, freeSlots: place.bookings, limits, now, series, load }
    const room = await promisedRoom(tx, tenantId, { siteId: site.id, evseId: evse.id, from: wish.arrival, to: latestEnd(wish) })
    return { place, vehicle, wish, context, room }
  })

/** What is offered, in the API's words. */
export const offeredView = ({ plan, proof, minimumShortfall, phases }: Offered['plans'][number], carbon: PlanPlace['carbon']): PlanView =>
  given({ ...planView(plan, carbon, proof), minimumShortfall, phases })

/** What can be had for a wish at one connector, signed for its driver. @throws Problem naming the field, or PLANNER_BUSY */
export const plansAt = async (asker: PlanAsker, body: WishBody): Promise<PlansAt> => {
  const { services, tenantId, driverId, now } = asker
  const facts = await factsAt(asker, body)
  const { place, wish, context } = facts
  const { evse, carbon } = place
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
  const { plans, short } = await offersFor({ ...facts, body, planner: services.driverPlanner })
  const shown = plans.map((one) => offered(offeredView(one, carbon)))
  return { place, wish, context, plans: shown, short }
}
