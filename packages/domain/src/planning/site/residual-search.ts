import { highestOf, type Layer, type Network } from './network.ts'

/** A layer of the search, emptied. */
const emptyLayer = ({ search, cars, nodeCount, slotWords }: Network, depth: number): Layer => {
  const known = search.layers[depth]
  if (!known) {
    const layer = { holds: new Uint8Array(nodeCount), cars: new Int32Array(cars.words), slots: new Int32Array(nodeCount * slotWords) }
    search.layers[depth] = layer
    return layer
  }
  known.holds.fill(0)
  known.cars.fill(0)
  known.slots.fill(0)
  return known
}

/** Makes node vertices, or one car as `~position`, the targets of a new search; each may take what its room says. */
export const aimAt = (network: Network, targets: readonly number[]): void => {
  const { search, nodeOf, slotOf, slotWords } = network
  const layer = emptyLayer(network, 0)
  search.depth = 0
  search.foundCount = 0
  for (const target of targets) {
    if (target < 0) {
      const bit = 1 << (~target & 31)
      layer.holds[network.cars.node[~target]!] = 1
      layer.cars[~target >>> 5]! |= bit
      search.marks.cars[~target >>> 5]! &= ~bit
    } else {
      const slot = slotOf[target]!
      const word = nodeOf[target]! * slotWords + (slot >>> 5)
      layer.slots[word]! |= 1 << (slot & 31)
      search.marks.slots[word]! &= ~(1 << (slot & 31))
    }
  }
}

/** From what was reached last to what is reached from it. */
interface Step {
  readonly layer: Layer
  readonly next: Layer
}

/** Adds the nodes that can send energy to a node in the slots of a layer: what flows up from it can be turned back, and children can send more. */
const reachNodes = (network: Network, node: number, { layer, next }: Step): void => {
  const { slots, slotWords, parent, firstChild, nextSibling, cap, flow, search } = network
  const open = search.marks.slots
  for (let word = 0; word < slotWords; word++) {
    const from = layer.slots[node * slotWords + word]!
    if (from === 0) continue
    const above = parent[node]! * slotWords + word
    if (above >= 0)
      for (let rest = from & open[above]!; rest !== 0; ) {
        const place = highestOf(rest)
        const bit = 1 << place
        rest ^= bit
        if (flow[node * slots + word * 32 + place]! === 0) continue
        open[above]! &= ~bit
        next.slots[above]! |= bit
      }
    for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
      const at = child * slotWords + word
      for (let rest = from & open[at]!; rest !== 0; ) {
        const place = highestOf(rest)
        const bit = 1 << place
        rest ^= bit
        const vertex = child * slots + word * 32 + place
        if (cap[vertex]! <= flow[vertex]!) continue
        open[at]! &= ~bit
        next.slots[at]! |= bit
      }
    }
  }
}

/** Writes down where the sets of a node's slots in a layer begin. @returns how many there are */
const noteStarts = ({ slotWords, cars, search }: Network, node: number, { slots }: Layer): number => {
  const { starts } = search
  let count = 0
  for (let word = 0; word < slotWords; word++)
    for (let rest = slots[node * slotWords + word]!; rest !== 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      starts[count++] = (word * 32 + bit) * cars.words
    }
  return count
}

/** Adds the cars at a node that could take more in one of its slots in a layer, 32 of them at once. */
const reachTakers = (network: Network, node: number, { layer, next }: Step): void => {
  const { cars, search } = network
  const { chunks, slackAt } = cars
  const { starts } = search
  const open = search.marks.cars
  const count = noteStarts(network, node, layer)
  let any = 0
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const at = chunks.word[chunk]!
    const candidates = open[at]! & chunks.mask[chunk]!
    let missing = candidates
    for (let index = 0; index < count && missing !== 0; index++) missing &= ~slackAt[starts[index]! + at]!
    const found = candidates & ~missing
    if (found === 0) continue
    any = 1
    open[at]! &= ~found
    next.cars[at]! |= found
  }
  if (any === 1) next.holds[node] = 1
}

const hasAny = (words: Int32Array, from: number, end: number): boolean => {
  for (let at = from; at < end; at++) if (words[at] !== 0) return true
  return false
}

/** How many open slots of a node have energy coming in: what flows on, or waits there. */
const countGiving = ({ slots, slotWords, flow, search }: Network, node: number): number => {
  let count = 0
  for (let word = 0; word < slotWords; word++)
    for (let rest = search.marks.slots[node * slotWords + word]!; rest !== 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      const slot = word * 32 + bit
      const vertex = node * slots + slot
      if (slot < slots && (flow[vertex]! > 0 || (search.excess > 0 && search.excessAt === vertex))) count++
    }
  return count
}

const UNKNOWN = -1

/** Adds the slots of a node from which its cars in a layer could take energy back. */
const reachGivers = (network: Network, node: number, { layer, next }: Step): void => {
  if (layer.holds[node] === 0) return
  const { slotWords, cars, search } = network
  const { chunks, carFlow } = cars
  const open = search.marks.slots
  const from = node * slotWords
  let missing = UNKNOWN
  for (let chunk = chunks.head[node]!; chunk >= 0 && missing !== 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    const givers = layer.cars[word]! & chunks.mask[chunk]!
    if (givers === 0) continue
    if (missing === UNKNOWN) missing = countGiving(network, node)
    for (let rest = givers; rest !== 0 && missing > 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      const own = (word * 32 + bit) * slotWords
      for (let at = 0; at < slotWords; at++) {
        const bits = carFlow[own + at]! & open[from + at]!
        if (bits === 0) continue
        open[from + at]! &= ~bits
        next.slots[from + at]! |= bits
        for (let found = bits; found !== 0; found ^= 1 << highestOf(found)) missing--
      }
    }
  }
}

/** Goes one step back from a layer to the next. @returns whether that has anything */
const step = (network: Network, at: Step): boolean => {
  const { nodeCount, slotWords } = network
  for (let node = 0; node < nodeCount; node++) {
    if (hasAny(at.layer.slots, node * slotWords, (node + 1) * slotWords)) {
      reachNodes(network, node, at)
      reachTakers(network, node, at)
    }
    reachGivers(network, node, at)
  }
  return at.next.holds.includes(1) || hasAny(at.next.slots, 0, at.next.slots.length)
}

/** Writes down those cars of a node in a layer that want energy. */
const findWanting = ({ search, cars }: Network, layer: Layer, node: number): void => {
  const { chunks, unmet } = cars
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    for (let rest = layer.cars[word]! & unmet[word]! & chunks.mask[chunk]!; rest !== 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      search.found[search.foundCount++] = ~(word * 32 + bit)
    }
  }
}

/** Writes down the sources in a layer: cars that want energy, and the node with excess. */
const findSources = (network: Network, layer: Layer): void => {
  const { search, nodeCount, nodeOf, slotOf, slotWords } = network
  for (let node = 0; node < nodeCount; node++) if (layer.holds[node] === 1) findWanting(network, layer, node)
  if (search.excess === 0) return
  const slot = slotOf[search.excessAt]!
  const word = nodeOf[search.excessAt]! * slotWords + (slot >>> 5)
  if ((layer.slots[word]! & (1 << (slot & 31))) !== 0) search.found[search.foundCount++] = search.excessAt
}

/**
 * Breadth first against the arcs of the residual graph, layer by layer from the targets to the nearest sources: cars that want
 * energy, and a node with excess. Visits vertices that are marked as open, and closes them. Without a source, all is visited
 * that can reach a target.
 * @returns whether a source was found; they are in `search.found`, all at `search.depth`
 */
export const searchBack = (network: Network): boolean => {
  const { search } = network
  for (;;) {
    const next = emptyLayer(network, search.depth + 1)
    if (!step(network, { layer: search.layers[search.depth]!, next })) return false
    search.depth++
    findSources(network, next)
    if (search.foundCount > 0) return true
  }
}

/** Opens again all that the last search has closed. */
export const reopen = ({ search }: Network): void => {
  const { marks, layers } = search
  for (let depth = 0; depth <= search.depth; depth++) {
    const { cars, slots } = layers[depth]!
    for (let word = 0; word < cars.length; word++) marks.cars[word]! |= cars[word]!
    for (let word = 0; word < slots.length; word++) marks.slots[word]! |= slots[word]!
  }
}
