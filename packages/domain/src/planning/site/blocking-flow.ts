import { give } from './greedy-fill.ts'
import type { Layer, Network } from './network.ts'
import { noteChange } from './note-change.ts'

/** No vertex: an arc that leads nowhere. */
const NOWHERE = -0x7fffffff

/** The next vertex of the nearer layer to which a node in a slot can send: up, or back down what came from there. */
const stepFromNode = (network: Network, vertex: number, nearer: Layer): number => {
  const { slots, slotWords, parent, firstChild, nextSibling, cap, flow, cars, search } = network
  const { stage, arc } = search
  const first = search.phase * 4
  const slot = vertex % slots
  const node = (vertex - slot) / slots
  const [slotWord, slotBit] = [slot >>> 5, 1 << (slot & 31)]
  if (stage[vertex]! <= first) {
    const above = parent[node]!
    const isNearer = above >= 0 && (nearer.slots[above * slotWords + slotWord]! & slotBit) !== 0
    if (isNearer && cap[vertex]! > flow[vertex]!) return above * slots + slot
    stage[vertex] = first + 1
    arc[vertex] = firstChild[node]!
  }
  if (stage[vertex] === first + 1) {
    for (let child = arc[vertex]!; child >= 0; child = nextSibling[child]!) {
      arc[vertex] = child
      const isNearer = (nearer.slots[child * slotWords + slotWord]! & slotBit) !== 0
      if (isNearer && flow[child * slots + slot]! > 0) return child * slots + slot
    }
    stage[vertex] = first + 2
    arc[vertex] = cars.chunks.head[node]!
  }
  const { chunks, flowAt, words } = cars
  for (let chunk = arc[vertex]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    arc[vertex] = chunk
    const word = chunks.word[chunk]!
    const bits = flowAt[slot * words + word]! & chunks.mask[chunk]! & nearer.cars[word]!
    if (bits !== 0) return ~(word * 32 + 31 - Math.clz32(bits & -bits))
  }
  arc[vertex] = -1
  return NOWHERE
}

/** The next slot of the nearer layer in which a car can take more. */
const stepFromCar = ({ slots, slotWords, cars }: Network, position: number, nearer: Layer): number => {
  const node = cars.node[position]!
  for (let word = 0; word < slotWords; word++) {
    const bits = cars.carSlack[position * slotWords + word]! & nearer.slots[node * slotWords + word]!
    if (bits !== 0) return node * slots + word * 32 + 31 - Math.clz32(bits & -bits)
  }
  return NOWHERE
}

const residualOf = ({ slots, cars, cap, flow }: Network, from: number, to: number): number => {
  if (from < 0) return cars.power[~from]! - cars.energy[cars.offset[~from]! + (to % slots)]!
  if (to < 0) return cars.energy[cars.offset[~to]! + (from % slots)]!
  // A parent stands before its children, so that the direction of the arc is known by the numbers.
  return to < from ? cap[from]! - flow[from]! : flow[to]!
}

const sendAlong = (network: Network, from: number, { to, amount }: { readonly to: number; readonly amount: number }): void => {
  if (from < 0 || to < 0) {
    const [position, slot] = from < 0 ? [~from, to % network.slots] : [~to, from % network.slots]
    noteChange(network, position, slot)
    give(network, position, { slot, amount: from < 0 ? amount : -amount })
  } else if (to < from) network.flow[from]! += amount
  else network.flow[to]! -= amount
}

const supplyOf = ({ cars, search }: Network, source: number): number => (source < 0 ? cars.left[~source]! : search.excess)

const drawFrom = ({ cars, search }: Network, source: number, amount: number): void => {
  if (source >= 0) search.excess -= amount
  else {
    cars.left[~source]! -= amount
    if (cars.left[~source] === 0) cars.unmet[~source >>> 5]! &= ~(1 << (~source & 31))
  }
}

/** Takes a vertex out of its layer: no way leads on from it. */
const close = ({ search, slots, slotWords }: Network, vertex: number, layer: Layer): void => {
  if (vertex < 0) {
    const [word, bit] = [~vertex >>> 5, 1 << (~vertex & 31)]
    layer.cars[word]! &= ~bit
    search.marks.cars[word]! |= bit
    return
  }
  const slot = vertex % slots
  const [word, bit] = [((vertex - slot) / slots) * slotWords + (slot >>> 5), 1 << (slot & 31)]
  layer.slots[word]! &= ~bit
  search.marks.slots[word]! |= bit
}

/** Sends as much as the path takes, to the target at its end. @returns the place on the path where an arc is now full */
const augment = (network: Network, length: number): { readonly sent: number; readonly full: number } => {
  const { search } = network
  const { path, residuals } = search
  const [source, target] = [path[0]!, path[length - 1]!]
  let amount = Math.min(supplyOf(network, source), target < 0 ? search.carRoom : search.room[target]!)
  for (let index = 0; index + 1 < length; index++) {
    const free = residualOf(network, path[index]!, path[index + 1]!)
    residuals[index] = free
    if (free < amount) amount = free
  }
  let full = length - 1
  for (let index = length - 2; index >= 0; index--) {
    sendAlong(network, path[index]!, { to: path[index + 1]!, amount })
    if (residuals[index] === amount) full = index
  }
  if (target < 0) search.carRoom -= amount
  else search.room[target]! -= amount
  drawFrom(network, source, amount)
  return { sent: amount, full }
}

const sendFrom = (network: Network, source: number, depth: number): number => {
  const { search } = network
  const { path, layers } = search
  let total = 0
  let length = 1
  path[0] = source
  while (length > 0 && supplyOf(network, source) > 0) {
    const vertex = path[length - 1]!
    const distance = depth + 1 - length
    if (distance === 0 && (vertex < 0 ? search.carRoom : search.room[vertex]!) > 0) {
      const { sent, full } = augment(network, length)
      total += sent
      length = full + 1
      continue
    }
    let next = NOWHERE
    if (distance > 0) {
      const nearer = layers[distance - 1]!
      next = vertex < 0 ? stepFromCar(network, ~vertex, nearer) : stepFromNode(network, vertex, nearer)
    }
    if (next !== NOWHERE) path[length++] = next
    else {
      close(network, vertex, layers[distance]!)
      length--
    }
  }
  return total
}

/**
 * Sends energy from the sources that a search has found to its targets, always one layer nearer, until no such way is left
 * (one phase of Dinic's algorithm). The rooms of the targets are what they could take and become what they still can.
 * @param depth the layer of the sources
 * @returns Wh sent
 */
export const blockingFlow = (network: Network, depth = network.search.depth): number => {
  const { search } = network
  search.phase++
  if (search.phase > 0x1fff0000) {
    search.phase = 1
    search.stage.fill(0)
  }
  let sent = 0
  for (let index = 0; index < search.foundCount; index++) sent += sendFrom(network, search.found[index]!, depth)
  return sent
}
