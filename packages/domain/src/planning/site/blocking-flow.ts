import { give } from './greedy-fill.ts'
import type { Network } from './network.ts'
import { noteChange } from './note-change.ts'

/** No vertex: an arc that leads nowhere. Vertices are at least -2^30. */
const NOWHERE = -0x7fffffff

const isOpenCar = (network: Network, position: number, distance: number): boolean => network.search.carDistance[position] === distance

/** The next vertex nearer to a target to which a node in a slot can send: up, or back down what came from there. */
const stepFromNode = (network: Network, vertex: number): number => {
  const { slots, parent, firstChild, nextSibling, cap, flow, cars, search } = network
  const { nodeDistance, stage, arc, marks } = search
  const nearer = nodeDistance[vertex]! - 1
  const slot = vertex % slots
  const node = (vertex - slot) / slots
  if (stage[vertex] === 0) {
    const above = parent[node]!
    if (above >= 0 && nodeDistance[above * slots + slot] === nearer && cap[vertex]! > flow[vertex]!) return above * slots + slot
    stage[vertex] = 1
    arc[vertex] = firstChild[node]!
  }
  if (stage[vertex] === 1) {
    for (let child = arc[vertex]!; child >= 0; child = nextSibling[child]!) {
      const next = child * slots + slot
      arc[vertex] = child
      if (nodeDistance[next] === nearer && flow[next]! > 0) return next
    }
    stage[vertex] = 2
    arc[vertex] = cars.chunks.head[node]!
  }
  const { chunks, flowAt, words } = cars
  for (let chunk = arc[vertex]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    arc[vertex] = chunk
    let bits = flowAt[slot * words + word]! & chunks.mask[chunk]! & ~marks.cars[word]!
    for (; bits !== 0; bits &= bits - 1) {
      const position = word * 32 + 31 - Math.clz32(bits & -bits)
      if (isOpenCar(network, position, nearer)) return ~position
    }
  }
  arc[vertex] = -1
  return NOWHERE
}

/** The next slot nearer to a target in which a car can take more. */
const stepFromCar = (network: Network, position: number): number => {
  const { slots, slotWords, cars, search } = network
  const nearer = search.carDistance[position]! - 1
  const node = cars.node[position]!
  for (let word = 0; word < slotWords; word++) {
    let bits = cars.carSlack[position * slotWords + word]! & ~search.marks.slots[node * slotWords + word]!
    for (; bits !== 0; bits &= bits - 1) {
      const next = node * slots + word * 32 + 31 - Math.clz32(bits & -bits)
      if (search.nodeDistance[next] === nearer) return next
    }
  }
  return NOWHERE
}

const residualOf = ({ slots, cars, cap, flow }: Network, from: number, to: number): number => {
  if (from < 0) return cars.power[~from]! - cars.energy[cars.offset[~from]! + (to % slots)]!
  if (to < 0) return cars.energy[cars.offset[~to]! + (from % slots)]!
  // A parent stands before its children, so that the direction of the arc is known by the numbers.
  return to < from ? cap[from]! - flow[from]! : flow[to]!
}

const sendAlong = (network: Network, from: number, to: number, amount: number): void => {
  if (from < 0 || to < 0) {
    const [position, slot] = from < 0 ? [~from, to % network.slots] : [~to, from % network.slots]
    noteChange(network, position, slot)
    give(network, position, { slot, amount: from < 0 ? amount : -amount })
  } else if (to < from) network.flow[from]! += amount
  else network.flow[to]! -= amount
}

const supplyOf = ({ cars, search }: Network, source: number): number => (source < 0 ? cars.left[~source]! : search.excess[source]!)

const drawFrom = ({ cars, search }: Network, source: number, amount: number): void => {
  if (source >= 0) search.excess[source]! -= amount
  else {
    cars.left[~source]! -= amount
    if (cars.left[~source] === 0) cars.unmet[~source >>> 5]! &= ~(1 << (~source & 31))
  }
}

/** Takes a vertex out of the search: no way leads on from it. */
const close = ({ search, slots, slotWords }: Network, vertex: number): void => {
  if (vertex < 0) {
    search.carDistance[~vertex] = 0
    search.marks.cars[~vertex >>> 5]! |= 1 << (~vertex & 31)
    return
  }
  const slot = vertex % slots
  search.nodeDistance[vertex] = 0
  search.marks.slots[((vertex - slot) / slots) * slotWords + (slot >>> 5)]! |= 1 << (slot & 31)
}

/** Sends as much as the path takes, to the target at its end. @returns the place on the path where an arc is now full */
const augment = (network: Network, length: number): { readonly sent: number; readonly full: number } => {
  const { search } = network
  const { path } = search
  const [source, target] = [path[0]!, path[length - 1]!]
  let amount = Math.min(supplyOf(network, source), target < 0 ? search.carRoom : search.room[target]!)
  for (let index = 0; index + 1 < length; index++) amount = Math.min(amount, residualOf(network, path[index]!, path[index + 1]!))
  let full = length - 1
  for (let index = length - 2; index >= 0; index--) {
    sendAlong(network, path[index]!, path[index + 1]!, amount)
    if (residualOf(network, path[index]!, path[index + 1]!) === 0) full = index
  }
  if (target < 0) search.carRoom -= amount
  else search.room[target]! -= amount
  drawFrom(network, source, amount)
  return { sent: amount, full }
}

const sendFrom = (network: Network, source: number): number => {
  const { search } = network
  const { path, base, nodeDistance, carDistance } = search
  let total = 0
  let length = 1
  path[0] = source
  while (length > 0 && supplyOf(network, source) > 0) {
    const vertex = path[length - 1]!
    const atTarget = (vertex < 0 ? carDistance[~vertex]! : nodeDistance[vertex]!) === base + 1
    if (atTarget && (vertex < 0 ? search.carRoom : search.room[vertex]!) > 0) {
      const { sent, full } = augment(network, length)
      total += sent
      length = full + 1
      continue
    }
    const next = atTarget ? NOWHERE : vertex < 0 ? stepFromCar(network, ~vertex) : stepFromNode(network, vertex)
    if (next !== NOWHERE) path[length++] = next
    else {
      close(network, vertex)
      length--
    }
  }
  return total
}

/**
 * Sends energy from the sources that a search has found to its targets, always one step nearer, until no such way is left
 * (one phase of Dinic's algorithm). The rooms of the targets are what they could take and become what they still can.
 * @returns Wh sent
 */
export const blockingFlow = (network: Network): number => {
  const { search } = network
  for (let index = 0; index < search.queued; index++) {
    const vertex = search.queue[index]!
    if (vertex >= 0) search.stage[vertex] = 0
  }
  let sent = 0
  for (let index = 0; index < search.foundCount; index++) sent += sendFrom(network, search.found[index]!)
  return sent
}
