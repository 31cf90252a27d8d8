import { type ChargePromise, micros, microsPerHour, type NetworkDriver, type Plug } from '@voltway/domain/planning/network'
import { CONNECTOR_STANDARDS } from '@voltway/domain/stations'
import type { SiteRow, VehicleRow } from '@voltway/store'
import { DAY, type EpochMs, epochMs, HOUR, isoOf, type WattHours, wattHours, watts } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { Problem } from '../problems.ts'
import { distanceM } from '../public/distance.ts'
import { directRoute } from '../route.ts'
import { Money, Uuid } from '../schemas/common.ts'
import { PlanView } from '../schemas/plan.ts'
import { named, ref } from '../schemas/ref.ts'
import { labelOf } from '../views/evse-view.ts'
import { instant } from '../views/times.ts'
import { driverOf } from './accept-offer.ts'
import { energyOf, NetworkWish, type WishBody } from './charge-wish.ts'
import { type KnownNetwork, MOST_MICROS, NETWORK_SLOT, networkSupply, plugName, reachableSites } from './network-supply.ts'
import { planned } from './planned.ts'
import { type PlanAsker, plansAt, vehicleOf } from './plans-at.ts'

/** How many places are offered, and how many are asked for a real offer until then. */
const MOST_CHOICES = 3
const MOST_ASKED = 8
/** Sites that are looked at, the nearest first. */
const MOST_SITES = 60
/** Without a departure: how long the day is, and how long a driver would wait in it. */
const LOOKS_AHEAD = DAY
const WAITS = 4 * HOUR
const WAITING_MICROS_PER_HOUR = 1_000_000
const WAY_MICROS_PER_KM = 300_000
/** The most that a car is planned for at a network. */
const MOST_WH = 1_000_000
/** Energy that a plan may lack by rounding. */
const ROUNDING_WH = 1

export const NetworkChoiceView = named(
  'NetworkChoice',
  Type.Object({
    siteId: Uuid,
    siteName: Type.String(),
    address: Type.String(),
    timeZone: Type.String(),
    evseCode: Type.String(),
    evseLabel: Type.String(),
    stationName: Type.String(),
    distanceM: Type.Optional(Type.Number()),
    waitMinutes: Type.Number({ description: 'From arrival to the start of charging' }),
    waiting: Money,
    way: Money,
    total: Type.Object({ currency: Type.String(), micros: Type.String() }, { description: 'Price, waiting and way together' }),
    plan: ref(PlanView),
  }),
)
type NetworkChoice = Static<typeof NetworkChoiceView>

interface Wanted {
  readonly body: NetworkWish
  readonly vehicle: VehicleRow | undefined
  readonly energy: WattHours
  readonly arrival: EpochMs
  /** Before which charging must be over. */
  readonly until: EpochMs
  readonly distanceTo: (site: SiteRow) => number | undefined
  readonly waitingPerHour: number
  readonly wayPerKm: number
}

const plugsOf = ({ body, vehicle }: Wanted): readonly Plug[] => {
  const told = vehicle?.connectorStandards ?? body.standards ?? []
  const standards = told.length > 0 ? told : CONNECTOR_STANDARDS
  const powers = { AC: vehicle ? vehicle.maxAcW : MOST_MICROS, DC: vehicle ? (vehicle.maxDcW ?? 0) : MOST_MICROS }
  return (['AC', 'DC'] as const).flatMap((currentType) =>
    powers[currentType] > 0
      ? standards.map((standard) => ({ standard: plugName(currentType, standard), maxPower: watts(powers[currentType]) }))
      : [],
  )
}

const wantedOf = (body: NetworkWish, { now, vehicle }: { readonly now: EpochMs; readonly vehicle: VehicleRow | undefined }): Wanted => {
  const { near } = body
  const arrival = epochMs(Math.max(now, body.arrival === undefined ? now : instant(body.arrival, 'body.arrival')))
  const invalid = (path: string, message: string) =>
    new Problem('REQUEST_INVALID', `${path} ${message}.`, { errors: [{ path: `body.${path}`, message }] })
  if (arrival > now + 90 * DAY) throw invalid('arrival', 'must be within 90 days')
  const until = body.departure === undefined ? epochMs(arrival + LOOKS_AHEAD) : instant(body.departure, 'body.departure')
  if (until <= arrival || until > arrival + 7 * DAY) throw invalid('departure', 'must be after arrival, within a week')
  const within = (text: string | undefined, other: number, most: number) =>
    text === undefined ? other : Math.max(0, Math.min(most, Number(text)))
  const energy = wattHours(energyOf(body, { vehicle, power: 0 }))
  if (energy > MOST_WH) throw invalid('energyWh', `must be at most ${MOST_WH}`)
  return {
    body,
    vehicle,
    energy,
    arrival,
    until,
    distanceTo: (site) => near && distanceM(site, near),
    waitingPerHour: within(body.waitingMicrosPerHour, WAITING_MICROS_PER_HOUR, 1e9),
    wayPerKm: within(body.wayMicrosPerKm, WAY_MICROS_PER_KM, 1e9),
  }
}

const wayCost = ({ distanceTo, wayPerKm }: Wanted, site: SiteRow): number =>
  Math.min(MOST_MICROS, Math.round(((distanceTo(site) ?? 0) / 1_000) * wayPerKm))

const longestWait = ({ body, arrival, until }: Wanted): number => (body.departure === undefined ? WAITS : until - arrival)

const driverOfNetwork = (wanted: Wanted, { places, supply }: KnownNetwork): NetworkDriver => {
  const { body, energy, waitingPerHour } = wanted
  return {
    plugs: plugsOf(wanted),
    energy,
    places: places.map(({ site }, station) => ({ station, arriveSlot: 0, detour: micros(wayCost(wanted, site)) })),
    mostDelaySlots: Math.min(supply.slots, Math.floor(longestWait(wanted) / NETWORK_SLOT)),
    departSlot: supply.slots,
    waitingPerHour: microsPerHour(Math.round(waitingPerHour)),
    ...(body.priceCapMicros !== undefined && { priceCap: micros(Math.max(0, Math.min(MOST_MICROS, Number(body.priceCapMicros)))) }),
  }
}

/**
 * A promise of the network as an offer of its EVSE: at its own start, or whenever in the stay the EVSE's own plans, which know fees, pauses
 * and what power the site has left, cost less. Undefined where it cannot give the energy.
 */
const choiceOf = async (
  asker: PlanAsker,
  { wanted, known, promise }: { readonly wanted: Wanted; readonly known: KnownNetwork; readonly promise: ChargePromise },
): Promise<NetworkChoice | undefined> => {
  const { body, energy, arrival, until } = wanted
  const { site, evses } = known.places[promise.station]!
  const evse = evses[promise.evses]!
  const start = epochMs(arrival + promise.startSlot * NETWORK_SLOT)
  const end = epochMs(start + promise.slots * NETWORK_SLOT)
  const { vehicleId, priceCapMicros } = body
  const own = { ...(vehicleId !== undefined && { vehicleId }), ...(priceCapMicros !== undefined && { priceCapMicros }) }
  const wish = (from: EpochMs, to: EpochMs): WishBody => ({
    ...own,
    evseCode: evse.code,
    arrival: isoOf(from),
    departure: isoOf(to),
    energyWh: energy,
  })
  const asked = [await plansAt(asker, wish(start, end)), await plansAt(asker, wish(arrival, until))]
  const distance = wanted.distanceTo(site)
  const way = wayCost(wanted, site)
  const [best] = asked
    .flatMap(({ plans }) => plans)
    .filter((plan) => plan.energyWh >= energy - ROUNDING_WH)
    .map((plan) => {
      const wait = Math.max(0, instant(plan.start, 'plan.start') - arrival)
      const waiting = Math.round((wait / HOUR) * wanted.waitingPerHour)
      return { plan, wait, waiting, total: Number(plan.cost.total.micros) + waiting + way }
    })
    .filter(({ wait }) => wait <= longestWait(wanted))
    .sort((a, b) => a.total - b.total)
  if (!best) return undefined
  const money = (value: number) => ({ currency: site.currency, micros: String(value) })
  return {
    siteId: site.id,
    siteName: site.name,
    address: site.address,
    timeZone: site.timeZone,
    evseCode: evse.code,
    evseLabel: labelOf(evse),
    stationName: evse.stationName,
    ...(distance !== undefined && { distanceM: Math.round(distance) }),
    waitMinutes: Math.round(best.wait / 60_000),
    waiting: money(best.waiting),
    way: money(way),
    total: money(best.total),
    plan: best.plan,
  }
}

/** What is wanted, and what there is of it; nothing where it cannot be had anywhere. */
const networkFor = (asker: PlanAsker, body: NetworkWish) =>
  asker.services.db.inTenant(asker.tenantId, async (tx): Promise<{ readonly wanted: Wanted; readonly known: KnownNetwork | undefined }> => {
    const wanted = wantedOf(body, { now: asker.now, vehicle: await vehicleOf(tx, asker, body.vehicleId) })
    const slots = Math.floor((wanted.until - wanted.arrival) / NETWORK_SLOT)
    if (slots < 1 || plugsOf(wanted).length === 0) return { wanted, known: undefined }
    const sites = await reachableSites(tx, asker, { wayTo: (site) => wanted.distanceTo(site) ?? 0, most: MOST_SITES })
    return { wanted, known: await networkSupply(tx, asker, { sites, span: { from: wanted.arrival, slots } }) }
  })

export const findNetworkPlansRoute = directRoute({
  id: 'findNetworkPlans',
  method: 'POST',
  url: '/driver/network-plans',
  summary: 'Which station and which start cost least in price, waiting and way, each as an offer that reserve and start take back',
  access: 'driver',
  body: NetworkWish,
  reply: Type.Object({
    choices: Type.Array(ref(NetworkChoiceView), { description: 'The best first, each at another site or tariff' }),
    impossible: Type.Optional(Type.Object({ code: Type.String({ description: 'nothingFits, tooDear or taken' }) })),
  }),
  async handle({ body, caller, services }) {
    const now = services.clock.now()
    const asker: PlanAsker = { services, tenantId: caller.tenantId, driverId: driverOf(caller), now }
    const { wanted, known } = await networkFor(asker, body)
    if (!known) return { choices: [], impossible: { code: 'nothingFits' } }
    const places = planned(
      await services.driverPlanner.ask('places', { supply: known.supply, driver: driverOfNetwork(wanted, known), most: MOST_ASKED }),
    )
    if (!places.ok) throw new Error(JSON.stringify(places.failure))
    const choices: NetworkChoice[] = []
    let cause: string | undefined = places.value.cause
    for (const promise of places.value.promises) {
      if (choices.length === MOST_CHOICES) break
      const choice = await choiceOf(asker, { wanted, known, promise })
      if (choice) choices.push(choice)
      else cause = 'taken'
    }
    choices.sort((a, b) => Number(a.total.micros) - Number(b.total.micros))
    return { choices, ...(choices.length === 0 && { impossible: { code: cause ?? 'nothingFits' } }) }
  },
})
