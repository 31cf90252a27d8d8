import { type NetworkProblem, networkOptions } from '@voltway/domain/planning/network'

export interface QueueOutcome {
  readonly costEur: number
  readonly waitMinutes: number
  readonly unserved: number
}

/**
 * What happens without any planning: in order of arrival, everybody drives to the station with the least detour that fits and waits there
 * for the first EVSE that is free, for as long as that takes. Waiting costs the same an hour however long it is; who cannot be done by the
 * end of the day is unserved.
 */
export const nearestAndQueue = (problem: NetworkProblem): QueueOutcome => {
  const { drivers, slots, slotLength, unservedCost } = problem
  // First which station is the nearest that fits, then, with every wait allowed, what fits there, for how long and at what cost.
  const asked = networkOptions(problem)
  const nearestOf = (driver: number) =>
    Array.from({ length: asked.runs[driver + 1]! - asked.runs[driver]! }, (_, index) => asked.runPlace[asked.runs[driver]! + index]!)
      .map((place) => drivers[driver]!.places[place]!)
      .sort((one, other) => one.detour - other.detour)
      .slice(0, 1)
  const patient = drivers.map((driver, index) => ({ ...driver, mostDelaySlots: slots, places: nearestOf(index) }))
  const options = networkOptions({ ...problem, delayStep: 1, drivers: patient })
  const load = new Int32Array(options.capacity.length)
  const arrival = (driver: number) => drivers[driver]!.places.reduce((least, { arriveSlot }) => Math.min(least, arriveSlot), slots)
  const order = [...drivers.keys()].sort((a, b) => arrival(a) - arrival(b) || a - b)
  let [cost, wait, unserved] = [0, 0, 0]
  for (const driver of order) {
    const own = Array.from({ length: options.runs[driver + 1]! - options.runs[driver]! }, (_, index) => options.runs[driver]! + index)
    let best: { readonly run: number; readonly delay: number } | undefined
    for (const run of own)
      for (let delay = 0; delay < options.runCount[run]! && (best === undefined || delay < best.delay); delay++) {
        const cell = options.runCell[run]! + delay
        let at = cell
        while (at < cell + options.runLength[run]! && load[at]! < options.capacity[at]!) at++
        if (at === cell + options.runLength[run]!) best = { run, delay }
      }
    const value = best && options.cost[options.runOption[best.run]! + best.delay]!
    if (best === undefined || value === undefined) {
      unserved++
      cost += unservedCost
      continue
    }
    const cell = options.runCell[best.run]! + best.delay
    for (let at = cell; at < cell + options.runLength[best.run]!; at++) load[at]! += 1
    wait += best.delay
    // One who waits so long that it costs more than being unserved has waited all the same.
    cost += Math.min(value, unservedCost)
  }
  return { costEur: cost / 1e6, waitMinutes: (wait * slotLength) / 60_000 / Math.max(1, drivers.length - unserved), unserved }
}
