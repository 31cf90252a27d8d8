import { type Assignment, bestFree, isFree, openAssignment, put } from './assignment.ts'
import type { NetworkOptions } from './network-options.ts'
import type { PricedSlots } from './price-slots.ts'

/** How often each driver took the option that it took most. */
const mostOften = ({ drivers, runs, runOption, runCount }: NetworkOptions, taken: Uint16Array): Uint16Array => {
  const most = new Uint16Array(drivers)
  for (let driver = 0; driver < drivers; driver++)
    for (let run = runs[driver]!; run < runs[driver + 1]!; run++)
      for (let option = runOption[run]!; option < runOption[run]! + runCount[run]!; option++)
        if (taken[option]! > most[driver]!) most[driver] = taken[option]!
  return most
}

/** The free option that a driver took most often; run -1 where none of them is free. */
const favourite = (assignment: Assignment, driver: number, taken: Uint16Array) => {
  const { runs, runOption, runCount, runCell, runLength, step } = assignment.options
  const found = { run: -1, option: -1 }
  let most = 0
  for (let run = runs[driver]!; run < runs[driver + 1]!; run++)
    for (let index = 0, cell = runCell[run]!; index < runCount[run]!; index++, cell += step) {
      const option = runOption[run]! + index
      if (taken[option]! <= most || !isFree(assignment, cell, runLength[run]!)) continue
      most = taken[option]!
      found.run = run
      found.option = option
    }
  return found
}

/**
 * A first assignment from what drivers took while prices settled: those who were surest of an option come first, and the others get
 * what is free and best at the prices.
 */
export const placeDrivers = (options: NetworkOptions, { sums, taken }: PricedSlots): Assignment => {
  const assignment = openAssignment(options)
  const most = mostOften(options, taken)
  const order = Int32Array.from({ length: options.drivers }, (_, driver) => driver).sort((a, b) => most[b]! - most[a]! || a - b)
  const rest: number[] = []
  for (const driver of order) {
    const choice = favourite(assignment, driver, taken)
    if (choice.run >= 0) put(assignment, driver, choice)
    else rest.push(driver)
  }
  for (const driver of rest) {
    const choice = bestFree(assignment, driver, { sums, below: Number.POSITIVE_INFINITY })
    if (choice.run >= 0) put(assignment, driver, choice)
  }
  return assignment
}
