import { give } from './give-energy.ts'
import type { Gift, Network } from './network.ts'
import { setFlow } from './set-flow.ts'

/** Sets what a car still wants. */
export const setLeft = ({ cars }: Network, position: number, left: number): void => {
  cars.left[position] = left
  const bit = 1 << (position & 31)
  if (left > 0) cars.unmet[position >>> 5]! |= bit
  else cars.unmet[position >>> 5]! &= ~bit
}

/** Takes energy back from a car and from all nodes above it. Labels are not kept true. */
export const takeBack = (network: Network, position: number, amount: number): void => {
  const { cars, slots, flow, parent } = network
  const gift: Gift = { slot: 0, amount: 0 }
  let rest = amount
  for (let slot = cars.arrive[position]!; slot < cars.depart[position]! && rest > 0; slot++) {
    const back = Math.min(rest, cars.energy[cars.offset[position]! + slot]!)
    if (back === 0) continue
    gift.slot = slot
    gift.amount = -back
    give(network, position, gift)
    for (let node = cars.node[position]!; node >= 0; node = parent[node]!)
      setFlow(network, node * slots + slot, flow[node * slots + slot]! - back)
    rest -= back
  }
}
