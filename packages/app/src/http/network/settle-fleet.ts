import type { ChargePromise, UnservedCause } from '@voltway/domain/planning/network'
import type { EvseRow, SiteRow } from '@voltway/store'
import { type EpochMs, epochMs } from '@voltway/units'
import type { WishBody } from '../driver/charge-wish.ts'
import { bestChoice, type NetworkChoice } from '../driver/network-choice.ts'
import { type KnownNetwork, NETWORK_SLOT } from '../driver/network-supply.ts'
import { wishAt } from '../driver/network-wanted.ts'
import { planned } from '../driver/planned.ts'
import { instant } from '../views/times.ts'
import { type FleetAsker, type FleetOffers, fleetOffers } from './fleet-offers.ts'
import { fleetProblem, type OpenWish, type Taken } from './fleet-problem.ts'
import type { FleetWish } from './read-fleet.ts'

/** Who cannot have what the network promised, since a site's power is promised to others, is looked for a place elsewhere so often. */
const MOST_ROUNDS = 4

export type FleetCause = UnservedCause | 'powerLimits'

/** A wish that has its place. */
export interface SettledWish {
  readonly wish: FleetWish
  readonly evse: EvseRow
  readonly site: SiteRow
  readonly body: WishBody
  readonly choice: NetworkChoice
}
export interface SettledFleet {
  /** By place in the request. */
  readonly settled: ReadonlyMap<number, SettledWish>
  readonly causes: ReadonlyMap<number, FleetCause>
}

interface Promised {
  readonly wish: OpenWish
  readonly promise: ChargePromise
}

const spanOf = ({ startSlot, slots, station, evses }: ChargePromise, from: EpochMs): Taken => {
  const begin = epochMs(from + startSlot * NETWORK_SLOT)
  return { station, evses, from: begin, to: epochMs(begin + slots * NETWORK_SLOT) }
}

const takenBy = ({ choice: { plan } }: SettledWish, { station, evses }: ChargePromise): Taken => ({
  station,
  evses,
  from: instant(plan.start, 'plan.start'),
  to: instant(plan.end, 'plan.end'),
})

const CAUSES: Readonly<Record<string, FleetCause>> = { priceCap: 'tooDear', powerLimits: 'powerLimits' }
const causeOf = ({ short }: FleetOffers): FleetCause => (short && CAUSES[short.cause]) ?? 'taken'

interface Batch {
  readonly asker: FleetAsker
  readonly known: KnownNetwork
  readonly ask: ReturnType<typeof fleetOffers>
  readonly settled: Map<number, SettledWish>
  readonly taken: Taken[]
}

/**
 * A promise of the network as a plan of its EVSE: at its own start, or whenever in the stay the EVSE's own plans cost less. `others` are
 * promises that are not settled yet.
 */
const settle = async (
  { asker, known, ask, settled, taken }: Batch,
  { wish, promise }: Promised,
  others: readonly Taken[],
): Promise<FleetCause | undefined> => {
  const { wanted } = wish
  const own = spanOf(promise, asker.from)
  const evse = known.places[promise.station]!.evses[promise.evses]!
  const kept = [...taken, ...others].filter(({ station, evses }) => station === own.station && evses === own.evses)
  const promised = [...settled.values()].map((one) => ({ evseId: one.evse.id, siteId: one.site.id, plan: one.choice.plan }))
  const at = (from: EpochMs, to: EpochMs) => {
    const body = wishAt(wanted, { evseCode: evse.code, from, to })
    return ask({ evse, vehicle: wanted.vehicle, body, kept, promised })
  }
  const [asPromised, inStay] = [await at(own.from, own.to), await at(wanted.arrival, wanted.until)]
  const { site } = inStay.place
  const choice = bestChoice(wanted, { site, evse }, [...asPromised.plans, ...inStay.plans])
  if (!choice) return causeOf(inStay)
  const body = wishAt(wanted, { evseCode: evse.code, from: wanted.arrival, to: wanted.until })
  const made: SettledWish = { wish, evse, site, body, choice }
  settled.set(wish.index, made)
  taken.push(takenBy(made, promise))
  return undefined
}

/**
 * Places for many wishes at once, so that no two are promised the same EVSE or the same power: the network's planner gives each a place and a
 * start (record 13); that EVSE's own plans, which know fees, pauses and what its site has left beside all that was promised before, make
 * it a plan; who gets none there is planned again, elsewhere. @throws Problem PLANNER_BUSY
 */
export const settleFleet = async (
  wishes: readonly OpenWish[],
  { asker, known }: { readonly asker: FleetAsker; readonly known: KnownNetwork },
): Promise<SettledFleet> => {
  const batch: Batch = { asker, known, ask: fleetOffers(asker), settled: new Map(), taken: [] }
  const causes = new Map<number, FleetCause>()
  let open = wishes
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    const problem = fleetProblem(open, { known, taken: batch.taken, from: asker.from })
    const outcomes = planned(await asker.services.driverPlanner.ask('fleet', problem))
    if (!outcomes.ok) throw new Error(JSON.stringify(outcomes.failure))
    const promised: Promised[] = []
    for (const [place, outcome] of outcomes.value.entries()) {
      const wish = open[place]!
      if (typeof outcome !== 'string') promised.push({ wish, promise: outcome })
      // Who had a place that could not give it was told why.
      else if (!causes.has(wish.index)) causes.set(wish.index, outcome)
    }
    promised.sort((a, b) => a.promise.startSlot - b.promise.startSlot || a.wish.index - b.wish.index)
    const again: OpenWish[] = []
    for (const [place, one] of promised.entries()) {
      const { wish, promise } = one
      const others = promised.slice(place + 1).map((other) => spanOf(other.promise, asker.from))
      const cause = await settle(batch, one, others)
      if (cause === undefined) causes.delete(wish.index)
      else {
        causes.set(wish.index, cause)
        again.push({ ...wish, stations: wish.stations.filter((station) => station !== promise.station) })
      }
    }
    open = again
  }
  return { settled: batch.settled, causes }
}
