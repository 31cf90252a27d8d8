import { energyAt, give } from './give-energy.ts'
import { highestOf, type Layer, type Network } from './network.ts'
import { noteChange } from './note-change.ts'
import { setFlow } from './set-flow.ts'

/** No vertex: an arc that leads nowhere. */
const NOWHERE = -0x7fffffff

/** The parent, or else a child that sends to it, in the nearer layer. The arcs are tried once in a flow, from where the last one was left. */
const stepToNode = (network: Network, vertex: number, nearer: Layer): number => {
  const { slots, slotWords, nodeOf, slotOf, parent, firstChild, nextSibling, cap, flow, cars, search } = network
  const { stage, arc } = search
  const first = search.phase * 4
  const slot = slotOf[vertex]!
  const node = nodeOf[vertex]!
  const word = slot >>> 5
  const bit = 1 << (slot & 31)
  if (stage[vertex]! <= first) {
    const above = parent[node]!
    if (above >= 0 && (nearer.slots[above * slotWords + word]! & bit) !== 0 && cap[vertex]! > flow[vertex]!) return above * slots + slot
    stage[vertex] = first + 1
    arc[vertex] = firstChild[node]!
  }
  for (let child = arc[vertex]!; child >= 0; child = nextSibling[child]!) {
    arc[vertex] = child
    if ((nearer.slots[child * slotWords + word]! & bit) !== 0 && flow[child * slots + slot]! > 0) return child * slots + slot
  }
  stage[vertex] = first + 2
  arc[vertex] = cars.chunks.head[node]!
  return NOWHERE
}

/** The next vertex of the nearer layer to which a node in a slot can send: up, or back down what came from there. */
const stepFromNode = (network: Network, vertex: number, nearer: Layer): number => {
  const { stage, arc, phase } = network.search
  if (stage[vertex]! < phase * 4 + 2) {
    const next = stepToNode(network, vertex, nearer)
    if (next !== NOWHERE) return next
  }
  const { chunks, flowAt, words } = network.cars
  const begin = network.slotOf[vertex]! * words
  for (let chunk = arc[vertex]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    const bits = flowAt[begin + word]! & chunks.mask[chunk]! & nearer.cars[word]!
    if (bits === 0) continue
    arc[vertex] = chunk
    return ~(word * 32 + highestOf(bits))
  }
  arc[vertex] = -1
  return NOWHERE
}

/** The next slot of the nearer layer in which a car can take more. */
const stepFromCar = ({ slots, slotWords, cars }: Network, position: number, nearer: Layer): number => {
  const node = cars.node[position]!
  for (let word = 0; word < slotWords; word++) {
    const bits = cars.carSlack[position * slotWords + word]! & nearer.slots[node * slotWords + word]!
    if (bits !== 0) return node * slots + word * 32 + highestOf(bits)
  }
  return NOWHERE
}

const residualOf = (network: Network, from: number, to: number): number => {
  const { slotOf, cars, cap, flow } = network
  if (from < 0 || to < 0) {
    const position = from < 0 ? ~from : ~to
    const energy = energyAt(network, position, slotOf[from < 0 ? to : from]!)
    return from < 0 ? cars.power[position]! - energy : energy
  }
  // A parent stands before its children, so that the direction of the arc is known by the numbers.
  const child = to < from ? from : to
  return to < from ? cap[child]! - flow[child]! : flow[child]!
}

/** Sends over the arc at a place on the path. */
const sendOver = (network: Network, place: number, amount: number): void => {
  const { flow, slotOf, search, journal } = network
  const from = search.path[place]!
  const to = search.path[place + 1]!
  if (from < 0 || to < 0) {
    const position = from < 0 ? ~from : ~to
    const { gift } = search
    gift.slot = slotOf[from < 0 ? to : from]!
    gift.amount = from < 0 ? amount : -amount
    if (journal !== undefined) noteChange(network, position, gift.slot)
    give(network, position, gift)
  } else {
    const child = to < from ? from : to
    setFlow(network, child, flow[child]! + (to < from ? amount : -amount))
  }
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
const close = ({ search, nodeOf, slotOf, slotWords }: Network, vertex: number, layer: Layer): void => {
  if (vertex < 0) {
    const bit = 1 << (~vertex & 31)
    layer.cars[~vertex >>> 5]! &= ~bit
    search.marks.cars[~vertex >>> 5]! |= bit
    return
  }
  const slot = slotOf[vertex]!
  const word = nodeOf[vertex]! * slotWords + (slot >>> 5)
  const bit = 1 << (slot & 31)
  layer.slots[word]! &= ~bit
  search.marks.slots[word]! |= bit
}

/** Sends as much as the path takes, to the target at its end. @returns the first place on the path where an arc is now full, or its end */
const augment = (network: Network, length: number): number => {
  const { search } = network
  const { path, residuals } = search
  const source = path[0]!
  const target = path[length - 1]!
  let amount = Math.min(supplyOf(network, source), target < 0 ? search.carRoom : search.room[target]!)
  for (let place = 0; place + 1 < length; place++) {
    const free = residualOf(network, path[place]!, path[place + 1]!)
    residuals[place] = free
    if (free < amount) amount = free
  }
  let full = length - 1
  for (let place = length - 2; place >= 0; place--) {
    sendOver(network, place, amount)
    if (residuals[place] === amount) full = place
  }
  if (target < 0) search.carRoom -= amount
  else search.room[target]! -= amount
  search.roomLeft -= amount
  drawFrom(network, source, amount)
  return full
}

/** Sends from one source all that finds a way. @returns Wh sent */
const sendFrom = (network: Network, source: number, depth: number): number => {
  const { search } = network
  const { path, layers } = search
  const before = supplyOf(network, source)
  let length = 1
  path[0] = source
  while (length > 0 && search.roomLeft > 0 && supplyOf(network, source) > 0) {
    const vertex = path[length - 1]!
    const distance = depth + 1 - length
    if (distance === 0 && (vertex < 0 ? search.carRoom : search.room[vertex]!) > 0) {
      length = augment(network, length) + 1
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
  return before - supplyOf(network, source)
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
  for (let index = 0; index < search.foundCount && search.roomLeft > 0; index++) sent += sendFrom(network, search.found[index]!, depth)
  return sent
}
