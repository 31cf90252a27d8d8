import { give } from './give-energy.ts'
import type { Network } from './network.ts'
import { noteChange } from './note-change.ts'
import { roomOf } from './price-levels.ts'
import { setCap, setFlow } from './set-flow.ts'
import { pull } from './shift-flow.ts'
import { completeLabels, sweepLevels, unlabel } from './sweep-levels.ts'

/** Gives excess that can go nowhere back to the cars that it came from: they lack it now. */
const giveBack = (network: Network, node: number, at: { readonly slot: number; readonly amount: number }): void => {
  const { slots, cars, flow, firstChild, nextSibling } = network
  const { slot } = at
  let amount = at.amount
  for (let chunk = cars.chunks.head[node]!; chunk >= 0 && amount > 0; chunk = cars.chunks.next[chunk]!) {
    const word = cars.chunks.word[chunk]!
    let bits = cars.flowAt[slot * cars.words + word]! & cars.chunks.mask[chunk]!
    for (; bits !== 0 && amount > 0; bits &= bits - 1) {
      const position = word * 32 + 31 - Math.clz32(bits & -bits)
      const back = Math.min(amount, cars.energy[cars.offset[position]! + slot]!)
      noteChange(network, position, slot)
      give(network, position, { slot, amount: -back })
      cars.left[position]! += back
      cars.unmet[position >>> 5]! |= 1 << (position & 31)
      amount -= back
    }
  }
  for (let child = firstChild[node]!; child >= 0 && amount > 0; child = nextSibling[child]!) {
    const back = Math.min(amount, flow[child * slots + slot]!)
    if (back === 0) continue
    setFlow(network, child * slots + slot, flow[child * slots + slot]! - back)
    giveBack(network, child, { slot, amount: back })
    amount -= back
  }
}

/** Sends what waits at a node in a slot elsewhere, to levels below one; what finds no place stays. @returns Wh that stay */
const sendElsewhere = (network: Network, vertex: number, at: { readonly amount: number; readonly below: number }): number => {
  const { search, labels } = network
  const level = labels.nodeLevel[vertex]!
  search.excess = at.amount
  search.excessAt = vertex
  unlabel(network, level >= 0 ? level : labels.frontier)
  sweepLevels(network, at.amount, at.below)
  const stays = search.excess
  search.excess = 0
  return stays
}

/** Lowers a limit under what flows: that much goes elsewhere, and what is above it is filled again from where it is dearest. */
const cutLimit = (network: Network, vertex: number, limit: number): void => {
  const { slots, flow, parent, market } = network
  const slot = vertex % slots
  const node = (vertex - slot) / slots
  const over = flow[vertex]! - limit
  setCap(network, vertex, limit)
  setFlow(network, vertex, limit)
  const stays = sendElsewhere(network, vertex, { amount: over, below: market.levelPrice.length })
  if (stays > 0) giveBack(network, node, { slot, amount: stays })
  if (node > 0) pull(network, parent[node]! * slots + slot, { wanted: over, floor: -1 })
}

/** Raises the limit of the site: energy comes in from slots that are dearer than this one. */
const raiseSite = (network: Network, slot: number): void => {
  const { market, flow } = network
  for (let segment = 0; segment < market.segments; segment++) {
    const entry = slot * market.segments + segment
    const room = roomOf(network, entry)
    const floor = market.segmentLevel[entry]!
    if (room > 0) setFlow(network, slot, flow[slot]! + pull(network, slot, { wanted: room, floor }).amount)
  }
}

/** One exchange over a node that may carry `room` more, while it counts as full. @returns whether another may follow */
const exchange = (network: Network, vertex: number, room: number): boolean => {
  const { slots, flow, parent, market, labels } = network
  const slot = vertex % slots
  const node = (vertex - slot) / slots
  const above = parent[node]! * slots + slot
  completeLabels(network)
  const floor = labels.nodeLevel[above]!
  if (floor < 0 || room === 0) return false
  // One step at a time, since what it sends on may make the next one dearer.
  const taken = pull(network, vertex, { wanted: room, floor, once: true })
  if (taken.amount === 0) return false
  setFlow(network, vertex, flow[vertex]! + taken.amount)
  setCap(network, vertex, flow[vertex]!)
  const below = Math.min(taken.level, market.levelPrice.length)
  const stays = sendElsewhere(network, above, { amount: taken.amount, below })
  if (stays === 0) return true
  setFlow(network, vertex, flow[vertex]! - stays)
  const lost = sendElsewhere(network, vertex, { amount: stays, below: market.levelPrice.length })
  if (lost > 0) giveBack(network, node, { slot, amount: lost })
  return false
}

/** Raises the limit of a full node below the site, while there is energy that costs less above it than where it is now. */
const raiseNode = (network: Network, vertex: number, limit: number): void => {
  const { flow, labels, slots, parent } = network
  while (exchange(network, vertex, limit - flow[vertex]!));
  setCap(network, vertex, limit)
  const slot = vertex % slots
  const level = labels.nodeLevel[parent[(vertex - slot) / slots]! * slots + slot]!
  unlabel(network, level >= 0 ? level : labels.frontier)
}

/** Changes the limit of a node in a slot, in Wh, and repairs the flow so that it is the best again. */
export const changeLimit = (network: Network, vertex: number, limit: number): void => {
  const { cap, flow, slots, labels, market } = network
  const before = cap[vertex]!
  if (limit === before) return
  if (limit < flow[vertex]!) {
    cutLimit(network, vertex, limit)
    return
  }
  const isOpened = limit > before && flow[vertex] === before
  if (isOpened && vertex >= slots) {
    raiseNode(network, vertex, limit)
    return
  }
  setCap(network, vertex, limit)
  // What the change closes may make this vertex dearer than it was; what it opens, as cheap as its own slot.
  const level = isOpened ? market.segmentLevel[vertex * market.segments]! : labels.nodeLevel[vertex]!
  unlabel(network, level >= 0 ? level : labels.frontier)
  if (isOpened) raiseSite(network, vertex)
}
