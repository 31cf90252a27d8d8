import { fail, ok, type Result } from '@voltway/units'
import { bestFree, cellOf, type Free } from './assignment.ts'
import { type Booked, causeOf, type Network, type NetworkState, openHandle, promiseOf, stateOf, sumsAlongRows } from './network-handle.ts'
import { optionsOf, supplyRows } from './network-options.ts'
import type { ChargePromise, UnservedCause } from './network-plan.ts'
import type { NetworkDriver, NetworkFault, NetworkSupply } from './network-problem.ts'
import { driverFaults, supplyFaults } from './validate-network.ts'

/** What a booking or a release does to a plan: only what is no longer as it was. */
export interface NetworkDelta {
  /** By the numbers of drivers, who are counted as they come. */
  readonly outcomes: readonly { readonly driver: number; readonly outcome: ChargePromise | UnservedCause }[]
  readonly released?: number
}

/**
 * A network without drivers. `slotPrice` says what a slot will be worth to drivers who are still to come, as the certificate of an
 * earlier day has it: with it a booking leaves scarce slots to those who need them; without it everyone gets what is cheapest.
 */
export const openNetwork = (supply: NetworkSupply, slotPrice?: Float64Array): Result<Network, readonly NetworkFault[]> => {
  const faults = [...supplyFaults(supply)]
  const cells = supply.slots * supply.stations.reduce((sum, { evses }) => sum + evses.length, 0)
  if (slotPrice && slotPrice.length !== cells)
    faults.push({ code: 'length', field: 'slotPrice', message: `must have ${cells} prices, one for each group and slot` })
  const wrong = slotPrice?.findIndex((price) => !(Number.isFinite(price) && price >= 0)) ?? -1
  if (wrong >= 0) faults.push({ code: 'range', field: `slotPrice[${wrong}]`, message: 'must be a number and not negative' })
  if (faults.length > 0) return fail(faults)
  const rows = supplyRows(supply)
  return ok(openHandle({ rows, load: new Int32Array(rows.capacity.length), sums: sumsAlongRows(rows, slotPrice), booked: [] }))
}

const shift = ({ load }: NetworkState, cell: number, at: { readonly slots: number; readonly by: 1 | -1 }): void => {
  for (let each = cell; each < cell + at.slots; each++) load[each]! += at.by
}

/** The best free option of a driver by cost and price, taken at once. */
const admit = (state: NetworkState, driver: NetworkDriver): Booked => {
  const options = optionsOf(state.rows, [driver])
  const free: Free = { options, load: state.load }
  const best = bestFree(free, 0, { sums: state.sums, below: Number.POSITIVE_INFINITY })
  if (best.run < 0) return { driver, outcome: causeOf(options, 0), cell: -1 }
  const outcome = promiseOf(options, best)
  const cell = cellOf(options, best.run, best.option)
  shift(state, cell, { slots: outcome.slots, by: 1 })
  return { driver, outcome, cell }
}

/** Books one driver at once; promises that were made stay as they are. The driver's number is in the delta also when unserved. */
export const bookOne = (network: Network, driver: NetworkDriver): Result<NetworkDelta, readonly NetworkFault[]> => {
  const state = stateOf(network)
  const faults = driverFaults(driver, 'driver', state.rows.supply)
  if (faults.length > 0) return fail(faults)
  const booked = admit(state, driver)
  state.booked.push(booked)
  return ok({ outcomes: [{ driver: state.booked.length - 1, outcome: booked.outcome }] })
}

/** Lets a driver go. What that frees is promised at once to those who found everything taken, in the order in which they came. */
export const release = (network: Network, number: number): Result<NetworkDelta, readonly NetworkFault[]> => {
  const state = stateOf(network)
  const gone = state.booked[number]
  if (gone === undefined) return fail([{ code: 'unknown', field: 'driver', message: `is ${number}, who is not known or has gone` }])
  state.booked[number] = undefined
  if (typeof gone.outcome === 'string') return ok({ outcomes: [], released: number })
  const { station, slots } = gone.outcome
  shift(state, gone.cell, { slots, by: -1 })
  const outcomes: { readonly driver: number; readonly outcome: ChargePromise | UnservedCause }[] = []
  for (const [driver, waiting] of state.booked.entries()) {
    if (waiting?.outcome !== 'taken' || !waiting.driver.places.some((place) => place.station === station)) continue
    const booked = admit(state, waiting.driver)
    if (typeof booked.outcome === 'string') continue
    state.booked[driver] = booked
    outcomes.push({ driver, outcome: booked.outcome })
  }
  return ok({ outcomes, released: number })
}
