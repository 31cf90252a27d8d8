import type { Tx } from '@voltway/store'
import type { TenantId, VehicleId } from '@voltway/units'
import { type Booked, type Booking, bookReservations } from '../../reservations/book-reservation.ts'
import type { ServerServices } from '../../server-services.ts'
import { type KnownNetwork, NETWORK_SLOT, networkSupply } from '../driver/network-supply.ts'
import { plugsOf } from '../driver/network-wanted.ts'
import { Problem } from '../problems.ts'
import { directRoute } from '../route.ts'
import { instant } from '../views/times.ts'
import { FleetBody, type FleetOutcome, FleetReply } from './fleet-body.ts'
import type { FleetAsker } from './fleet-offers.ts'
import type { OpenWish } from './fleet-problem.ts'
import { fleetSites } from './fleet-sites.ts'
import { readFleet } from './read-fleet.ts'
import { type SettledFleet, type SettledWish, settleFleet } from './settle-fleet.ts'

interface ReadNetwork {
  readonly asker: FleetAsker
  readonly known: KnownNetwork
  readonly open: readonly OpenWish[]
}

const read = async (
  tx: Tx,
  services: ServerServices,
  { tenantId, body }: { tenantId: TenantId; body: FleetBody },
): Promise<ReadNetwork> => {
  const now = services.clock.now()
  const fleet = await readFleet(tx, body, { tenantId, now })
  const { from, until, wishes } = fleet
  const { sites, within } = await fleetSites(tx, fleet, { tenantId, siteIds: body.siteIds })
  const span = { from, slots: Math.max(1, Math.floor((until - from) / NETWORK_SLOT)) }
  const known = await networkSupply(tx, { tenantId, now }, { sites, span })
  const open = wishes
    .filter(({ wanted }) => plugsOf(wanted).length > 0)
    .map((wish): OpenWish => {
      const near = within[wish.index]!
      return { ...wish, stations: known.places.flatMap(({ site }, station) => (near.has(site) ? [station] : [])) }
    })
  return { asker: { services, tenantId, now, from, until }, known, open }
}

const bookingOf = ({ wish, evse, body, choice }: SettledWish, tenantId: TenantId): Booking => {
  const { driverId, wanted } = wish
  if (driverId === undefined) throw new Error('a wish that is to be reserved has no driver')
  return {
    tenantId,
    stationId: evse.stationId,
    evseId: evse.id,
    driverId,
    vehicleId: wanted.body.vehicleId as VehicleId | undefined,
    startsAt: instant(choice.plan.start, 'plan.start'),
    endsAt: instant(choice.plan.end, 'plan.end'),
    wish: body,
    plan: choice.plan,
  }
}

/** Reserves all, or none. @throws Problem that names the wish whose place somebody else took meanwhile */
const reserveAll = async (
  services: ServerServices,
  settled: readonly SettledWish[],
  tenantId: TenantId,
): Promise<ReadonlyMap<number, Booked>> => {
  const booked = await bookReservations(
    services,
    settled.map((one) => bookingOf(one, tenantId)),
  )
  if (booked.ok) return new Map(settled.map(({ wish }, place) => [wish.index, booked.value[place]!]))
  const { code, booking } = booked.failure
  const path = `body.wishes.${settled[booking]!.wish.index}`
  const message = code === 'RESERVATION_LIMIT' ? 'is of a driver who would hold too many reservations' : 'was taken meanwhile'
  throw new Problem(code, `${path.slice('body.'.length)} ${message}. None was reserved.`, { errors: [{ path, message }] })
}

const outcomeOf = (wish: number, { settled, causes }: SettledFleet, booked: Booked | undefined): FleetOutcome => {
  const choice = settled.get(wish)?.choice
  if (!choice) return { wish, impossible: { code: causes.get(wish) ?? 'nothingFits' } }
  return { wish, choice, ...(booked && { reservation: { id: booked.id, code: booked.code } }) }
}

export const planFleetRoute = directRoute({
  id: 'planFleet',
  method: 'POST',
  url: '/network-plans',
  summary:
    'Which station and which start for each of many wishes, so that price, waiting and way of all cost least and no two are promised the same',
  access: 'sessions:write',
  body: FleetBody,
  reply: FleetReply,
  async handle({ body, caller: { tenantId }, services }) {
    const { asker, known, open } = await services.db.inTenant(tenantId, (tx) => read(tx, services, { tenantId, body }))
    const found = await settleFleet(open, { asker, known })
    const settled = [...found.settled.values()].sort((a, b) => a.wish.index - b.wish.index)
    const reserved = body.reserve === true && settled.length === body.wishes.length
    const booked = reserved ? await reserveAll(services, settled, tenantId) : undefined
    const currency = settled[0]?.choice.total.currency
    const micros = settled.reduce((sum, { choice }) => sum + BigInt(choice.total.micros), 0n)
    return {
      outcomes: body.wishes.map((_, wish) => outcomeOf(wish, found, booked?.get(wish))),
      served: settled.length,
      ...(currency !== undefined && { total: { currency, micros: String(micros) } }),
      reserved,
    }
  },
})
