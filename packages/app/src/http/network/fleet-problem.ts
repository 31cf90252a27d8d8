import { micros, type NetworkDriver, type NetworkSupply } from '@voltway/domain/planning/network'
import type { EpochMs } from '@voltway/units'
import { type KnownNetwork, NETWORK_SLOT } from '../driver/network-supply.ts'
import { longestWait, networkDriver, wayCost } from '../driver/network-wanted.ts'
import type { FleetWish } from './read-fleet.ts'

/** Options that are weighed in one plan: beyond it starts are looked at less often. */
const MOST_OPTIONS = 2_000_000

/** A wish that is still to be placed. */
export interface OpenWish extends FleetWish {
  /** Places of the network where it may go: fewer when some could not give what they had promised. */
  readonly stations: readonly number[]
}

/** What is taken of an EVSE, over [from, to). */
export interface Taken {
  readonly station: number
  readonly evses: number
  readonly from: EpochMs
  readonly to: EpochMs
}

const driverOf = ({ wanted, stations }: OpenWish, { places, supply }: KnownNetwork, from: EpochMs): NetworkDriver => {
  const arriveSlot = Math.ceil((wanted.arrival - from) / NETWORK_SLOT)
  const departSlot = Math.min(supply.slots, Math.floor((wanted.until - from) / NETWORK_SLOT))
  return {
    ...networkDriver(wanted),
    // Who has no whole slot has no place.
    places:
      departSlot <= arriveSlot
        ? []
        : stations.map((station) => ({ station, arriveSlot, detour: micros(wayCost(wanted, places[station]!.site)) })),
    mostDelaySlots: Math.max(0, Math.min(departSlot - arriveSlot, Math.floor(longestWait(wanted) / NETWORK_SLOT))),
    departSlot,
  }
}

const withoutTaken = ({ supply }: KnownNetwork, taken: readonly Taken[], from: EpochMs): NetworkSupply['stations'] => {
  const byPlace = Map.groupBy(taken, ({ station, evses }) => `${station} ${evses}`)
  return supply.stations.map((own, station) => ({
    ...own,
    evses: own.evses.map((group, evses) => {
      const spans = byPlace.get(`${station} ${evses}`)
      if (!spans || typeof group.count === 'number') return group
      const isTaken = (slot: number) => {
        const begin = from + slot * NETWORK_SLOT
        return spans.some((span) => span.from < begin + NETWORK_SLOT && span.to > begin)
      }
      return { ...group, count: group.count.map((free, slot) => (isTaken(slot) ? 0 : free)) }
    }),
  }))
}

const stepFor = (drivers: readonly NetworkDriver[], { stations }: NetworkSupply): number => {
  const options = drivers.reduce(
    (sum, { places, mostDelaySlots }) =>
      sum + places.reduce((evses, { station }) => evses + stations[station]!.evses.length, 0) * (mostDelaySlots + 1),
    0,
  )
  return Math.max(1, Math.ceil(options / MOST_OPTIONS))
}

/** Open wishes in the words of the network's planner, beside what is taken already. */
export const fleetProblem = (
  open: readonly OpenWish[],
  { known, taken, from }: { readonly known: KnownNetwork; readonly taken: readonly Taken[]; readonly from: EpochMs },
): { readonly supply: NetworkSupply; readonly drivers: readonly NetworkDriver[] } => {
  const drivers = open.map((wish) => driverOf(wish, known, from))
  const stations = withoutTaken(known, taken, from)
  const delayStep = stepFor(drivers, known.supply)
  // As the planner bounds it: a thousand starts.
  const bounded = drivers.map((driver) => ({ ...driver, mostDelaySlots: Math.min(driver.mostDelaySlots, 1_000 * delayStep) }))
  return { supply: { ...known.supply, stations, delayStep }, drivers: bounded }
}
