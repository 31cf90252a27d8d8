import type { Journal } from './network.ts'
import { problemOf, type SiteSolver, stateOf } from './site-solver.ts'
import { solveSite } from './solve-site.ts'

/**
 * Plans everything afresh for the site and the cars that the state names, and writes down what differs.
 * @param journal what has been changed in the old network already
 */
export const startOver = (solver: SiteSolver, journal: Journal): void => {
  const state = stateOf(solver)
  const before = state.network.cars
  const changed = new Map(journal.before)
  journal.before.clear()
  const present = [...state.cars.keys()].filter((car) => state.cars[car])
  const { network, positions, settlement } = solveSite(problemOf(solver))
  const old = state.positions
  state.positions = new Int32Array(state.cars.length).fill(-1)
  state.vacant.clear()
  for (const [index, car] of present.entries()) {
    const position = positions[index]!
    state.positions[car] = position
    network.cars.number[position] = car
    // A car that is new has nothing to differ from.
    const place = old[car]
    if (place === undefined || place < 0) continue
    const { arriveSlot, departSlot } = state.cars[car]!
    for (let slot = arriveSlot; slot < departSlot; slot++) {
      const was = before.offset[place]! + slot
      const energy = changed.get(was)?.energy ?? before.energy[was]!
      const pair = network.cars.offset[position]! + slot
      if (network.cars.energy[pair] !== energy) journal.before.set(pair, { position, slot, energy })
    }
  }
  state.network = network
  state.settlement = settlement
}
