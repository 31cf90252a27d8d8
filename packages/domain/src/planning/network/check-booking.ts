import { type Book, checkCause, checkPromise, eachStart, isAt, isStartFree, type NetworkViolation, openCostOf } from './check-promise.ts'
import type { ChargePromise, UnservedCause } from './network-plan.ts'
import type { NetworkDriver, NetworkSupply } from './network-problem.ts'

/** What the checker of bookings has seen promised, by its own count. */
export interface BookingLedger {
  readonly supply: NetworkSupply
  /** By station and group, what is promised in each slot; changed in place. */
  readonly used: readonly (readonly Int32Array[])[]
  /** By station and group, prices summed up to each slot. */
  readonly sums: readonly (readonly Float64Array[])[]
}

/**
 * A ledger in which nothing is promised yet.
 * @param slotPrice what the network was opened with, by which a booking weighs what it takes from those who are still to come
 */
export const openLedger = (supply: NetworkSupply, slotPrice?: Float64Array): BookingLedger => {
  const { stations, slots } = supply
  let row = 0
  const sums = stations.map(({ evses }) =>
    evses.map(() => {
      const sum = new Float64Array(slots + 1)
      if (slotPrice) for (let slot = 0; slot < slots; slot++) sum[slot + 1] = sum[slot]! + slotPrice[row * slots + slot]!
      row++
      return sum
    }),
  )
  return { supply, used: stations.map(({ evses }) => evses.map(() => new Int32Array(slots))), sums }
}

/** Prices are summed in two ways, which may differ in their last digits. */
const NEAR = 1e-9

/** What a start comes to by cost and price. */
const worthOf = (sum: Float64Array, cost: number, { startSlot, slots }: { readonly startSlot: number; readonly slots: number }): number =>
  cost + sum[startSlot + slots]! - sum[startSlot]!

/** That no free start comes to less than the promise. */
const checkBest = (
  { supply, sums }: BookingLedger,
  book: Book,
  { driver, promise }: { readonly driver: NetworkDriver; readonly promise: ChargePromise },
): void => {
  const own = sums[promise.station]?.[promise.evses]
  // `checkPromise` says what is wrong with one that is nowhere.
  if (!own) return
  const worth = worthOf(own, promise.cost, promise)
  let least = worth
  eachStart(supply, driver, (start, evses) => {
    const other = worthOf(sums[start.place.station]![evses]!, openCostOf(supply, driver, start), start)
    if (other < least && isStartFree(book, start, evses)) least = other
  })
  if (least < worth - NEAR * (1 + Math.abs(worth))) book.report('cost', 'outcome', `comes to ${worth} where a free start comes to ${least}`)
}

/** That no group is promised more often than it has EVSEs in the slots of a promise, which is counted already. */
const checkRoom = ({ supply, used, report }: Book, { station, evses, startSlot, slots }: ChargePromise): void => {
  const group = supply.stations[station]?.evses[evses]
  const taken = used[station]?.[evses]
  if (!group || !taken) return
  const end = Math.min(supply.slots, startSlot + slots)
  for (let slot = Math.max(0, startSlot); slot < end; slot++)
    if (taken[slot]! > isAt(group.count, slot)) report('capacity', 'outcome', `is the last EVSE promised twice in slot ${slot}`)
}

/**
 * Checks one booking without trusting who made it, by the rules that `checkNetworkPlan` checks a whole plan by: the promise is one of the
 * driver's options, at its cost, under the cap; by the ledger's own count nobody else has been promised the same EVSE; and no free
 * start comes to less by cost and price, which is all that a booking on its own promises (it is the best for this driver, not for all). Who
 * is left unserved has no free start, and the cause is true. The outcome is counted in the ledger, also one that breaks a rule.
 * Driver and supply must be sound. O(starts of the driver).
 */
export const checkBooking = (
  ledger: BookingLedger,
  driver: NetworkDriver,
  outcome: ChargePromise | UnservedCause,
): readonly NetworkViolation[] => {
  const violations: NetworkViolation[] = []
  const { supply, used } = ledger
  const book: Book = { supply, used, report: (code, field, message) => violations.push({ code, field, message }) }
  const asked = { driver, field: 'outcome' }
  if (typeof outcome === 'string') checkCause(book, asked, outcome)
  else {
    checkBest(ledger, book, { driver, promise: outcome })
    checkPromise(book, asked, outcome)
    checkRoom(book, outcome)
  }
  return violations
}

/** Counts a promise no more, when its driver has gone. */
export const releaseBooking = ({ used }: BookingLedger, { station, evses, startSlot, slots }: ChargePromise): void => {
  const taken = used[station]![evses]!
  for (let slot = startSlot; slot < startSlot + slots; slot++) taken[slot]! -= 1
}
