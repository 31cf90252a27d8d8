import { type ChargePromise, micros, type NetworkDriver } from '@voltway/domain/planning/network'
import { type EpochMs, epochMs } from '@voltway/units'
import { Type } from 'typebox'
import { directRoute } from '../route.ts'
import { ref } from '../schemas/ref.ts'
import { driverOf } from './accept-offer.ts'
import { NetworkWish } from './charge-wish.ts'
import { bestChoice, type NetworkChoice, NetworkChoiceView } from './network-choice.ts'
import { type KnownNetwork, NETWORK_SLOT, networkSupply, reachableSites } from './network-supply.ts'
import { longestWait, networkDriver, plugsOf, type Wanted, wantedOf, wayCost, wishAt } from './network-wanted.ts'
import { planned } from './planned.ts'
import { type PlanAsker, plansAt, vehicleOf } from './plans-at.ts'

/** How many places are offered, and how many are asked for a real offer until then. */
const MOST_CHOICES = 3
const MOST_ASKED = 8
/** Sites that are looked at, the nearest first. */
const MOST_SITES = 60

/**
 * A promise of the network as an offer of its EVSE: at its own start, or whenever in the stay the EVSE's own plans, which know fees, pauses
 * and what power the site has left, cost less. Undefined where it cannot give the energy.
 */
const choiceOf = async (
  asker: PlanAsker,
  { wanted, known, promise }: { readonly wanted: Wanted; readonly known: KnownNetwork; readonly promise: ChargePromise },
): Promise<NetworkChoice | undefined> => {
  const { arrival, until } = wanted
  const { site, evses } = known.places[promise.station]!
  const evse = evses[promise.evses]!
  const start = epochMs(arrival + promise.startSlot * NETWORK_SLOT)
  const end = epochMs(start + promise.slots * NETWORK_SLOT)
  const at = (from: EpochMs, to: EpochMs) => plansAt(asker, wishAt(wanted, { evseCode: evse.code, from, to }))
  const asked = [await at(start, end), await at(arrival, until)]
  return bestChoice(
    wanted,
    { site, evse },
    asked.flatMap(({ plans }) => plans),
  )
}

/** The driver is there when it begins, and leaves when it ends. */
const driverOfNetwork = (wanted: Wanted, { places, supply }: KnownNetwork): NetworkDriver => ({
  ...networkDriver(wanted),
  places: places.map(({ site }, station) => ({ station, arriveSlot: 0, detour: micros(wayCost(wanted, site)) })),
  mostDelaySlots: Math.min(supply.slots, Math.floor(longestWait(wanted) / NETWORK_SLOT)),
  departSlot: supply.slots,
})

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
