import { inParts } from './in-parts.ts'
import type { Network } from './network.ts'

/** Below so many times the site's limit, cars that are there together are not in each other's way: most of them charge for a part of their stay. */
const ROOMY = 2.5

/** Adds how a node's supply changes from slot to slot to the changes of its parent; while it is shut, it has none. */
const passOn = ({ slots, cap, parent }: Network, changes: Float64Array, node: number): void => {
  const own = node * (slots + 1)
  const above = parent[node]! * (slots + 1)
  let supply = 0
  let passed = 0
  for (let slot = 0; slot < slots; slot++) {
    supply += changes[own + slot]!
    const passes = cap[node * slots + slot]! > 0 ? supply : 0
    changes[above + slot]! += passes - passed
    passed = passes
  }
}

/** What the cars that are there could take in each slot if only their own power counted; without those below a node that is shut. */
const supplyOf = (network: Network): Float64Array => {
  const { cars, slots, nodeCount } = network
  const { count, node, arrive, depart, power } = cars
  const width = slots + 1
  const changes = new Float64Array(nodeCount * width)
  inParts(count, (from, to) => {
    for (let position = from; position < to; position++) {
      const row = node[position]! * width
      changes[row + arrive[position]!]! += power[position]!
      changes[row + depart[position]!]! -= power[position]!
    }
  })
  for (let at = nodeCount - 1; at > 0; at--) passOn(network, changes, at)
  for (let slot = 1; slot < slots; slot++) changes[slot]! += changes[slot - 1]!
  return changes.subarray(0, slots)
}

/**
 * What the slots of a window are worth to a car, in `steps` for a slot that it can count on: where more cars compete for the site's
 * limit, a slot counts for less, so that cars which can also charge at an hour that few can use are kept for that hour.
 * @returns sums over all slots before each, so that a window's worth is a difference
 */
export const slotWeights = (network: Network, steps: number): Int32Array => {
  const { slots, cap } = network
  const supply = supplyOf(network)
  const weights = new Int32Array(slots + 1)
  let sum = 0
  for (let slot = 0; slot < slots; slot++) {
    const share = supply[slot]! > 0 ? Math.min(1, (ROOMY * cap[slot]!) / supply[slot]!) : 1
    sum += steps * share * share
    weights[slot + 1] = Math.round(sum)
  }
  return weights
}
