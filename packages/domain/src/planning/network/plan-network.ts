import { fail, ok, type Result } from '@voltway/units'
import { type Assignment, cellOf } from './assignment.ts'
import { moveGroups } from './move-groups.ts'
import { type Booked, causeOf, type Network, openHandle, planOf, promiseOf, sumsAlongRows } from './network-handle.ts'
import { optionsOf, supplyRows } from './network-options.ts'
import type { NetworkCertificate, NetworkPlan } from './network-plan.ts'
import type { NetworkFault, NetworkProblem } from './network-problem.ts'
import { placeDrivers } from './place-drivers.ts'
import { priceSlots } from './price-slots.ts'
import { takeBetter } from './take-better.ts'
import { networkFaults } from './validate-network.ts'

export interface PlannedNetwork {
  readonly plan: NetworkPlan
  readonly certificate: NetworkCertificate
  /** For `bookOne` and `release`: opaque, changed in place by them, and of this plan only until then. */
  readonly network: Network
}

const certificateOf = (price: Float64Array, rows: number, slots: number): NetworkCertificate => {
  const slotPrice = new Float64Array(rows * slots)
  for (let row = 0; row < rows; row++) slotPrice.set(price.subarray(row * (slots + 1), row * (slots + 1) + slots), row * slots)
  return { slotPrice }
}

const bookedOf = ({ options, run, option }: Assignment, drivers: NetworkProblem['drivers']): Booked[] =>
  drivers.map((driver, index) => {
    const choice = { run: run[index]!, option: option[index]! }
    if (choice.run < 0) return { driver, outcome: causeOf(options, index), cell: -1 }
    return { driver, outcome: promiseOf(options, choice), cell: cellOf(options, choice.run, choice.option) }
  })

/**
 * Which station and start each driver gets so that energy, waiting and detour of all cost least: prices for slots by dual ascent, which
 * also prove how far from the best the plan can be; a placing by these prices; and moves of groups (docs/decisions/0013, 0019). Who cannot be
 * served comes back with the cause; only a problem that says nothing sensible fails, with everything that is wrong with it.
 */
export const planNetwork = (problem: NetworkProblem): Result<PlannedNetwork, readonly NetworkFault[]> => {
  const faults = networkFaults(problem)
  if (faults.length > 0) return fail(faults)
  const rows = supplyRows(problem)
  const options = optionsOf(rows, problem.drivers)
  const priced = priceSlots(options)
  const assignment = placeDrivers(options, priced)
  moveGroups(assignment, priced)
  takeBetter(assignment)
  const booked = bookedOf(assignment, problem.drivers)
  const certificate = certificateOf(priced.price, options.rows, problem.slots)
  return ok({
    plan: planOf(
      booked.map(({ outcome }) => outcome),
      problem.unservedCost,
    ),
    certificate,
    network: openHandle({ rows, load: assignment.load, sums: sumsAlongRows(rows, certificate.slotPrice), booked }),
  })
}
