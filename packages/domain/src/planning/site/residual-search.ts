import { highestOf, type Layer, type Network, type SearchState } from './network.ts'
import { dearestOf } from './price-levels.ts'

/** A layer of the search, emptied. */
const emptyLayer = ({ search, cars, nodeCount, slotWords }: Network, depth: number): Layer => {
  const known = search.layers[depth]
  if (!known) {
    const layer = {
      holds: new Uint8Array(nodeCount),
      cars: new Int32Array(cars.words),
      slots: new Int32Array(nodeCount * slotWords),
      carWords: new Int32Array(cars.words),
      carWordCount: 0,
    }
    search.layers[depth] = layer
    return layer
  }
  known.holds.fill(0)
  for (let at = 0; at < known.carWordCount; at++) known.cars[known.carWords[at]!] = 0
  known.carWordCount = 0
  known.slots.fill(0)
  return known
}

const addCars = (layer: Layer, word: number, bits: number): void => {
  if (layer.cars[word] === 0) layer.carWords[layer.carWordCount++] = word
  layer.cars[word]! |= bits
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
      addCars(layer, ~target >>> 5, bit)
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
  const { slotWords, parent, firstChild, nextSibling, carries, spares, search } = network
  const open = search.marks.slots
  for (let word = 0; word < slotWords; word++) {
    const from = layer.slots[node * slotWords + word]!
    if (from === 0) continue
    const above = parent[node]! * slotWords + word
    if (above >= 0) {
      const found = from & open[above]! & carries[node * slotWords + word]!
      open[above]! &= ~found
      next.slots[above]! |= found
    }
    for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
      const at = child * slotWords + word
      const found = from & open[at]! & spares[at]!
      open[at]! &= ~found
      next.slots[at]! |= found
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

/** Writes down cars of a word that want energy as sources. */
const noteWanting = (search: SearchState, word: number, wanting: number): void => {
  for (let rest = wanting; rest !== 0; ) {
    const bit = highestOf(rest)
    rest ^= 1 << bit
    search.found[search.foundCount++] = ~(word * 32 + bit)
  }
}

/** Adds the cars at a node that could take more in one of its slots in a layer, 32 of them at once. */
const reachTakers = (network: Network, node: number, { layer, next }: Step): void => {
  const { cars, search } = network
  const { chunks, slackAt, unmet } = cars
  const { starts } = search
  const open = search.marks.cars
  let count = -1
  let any = 0
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const at = chunks.word[chunk]!
    const candidates = open[at]! & chunks.mask[chunk]!
    if (candidates === 0) continue
    if (count < 0) count = noteStarts(network, node, layer)
    let missing = candidates
    for (let index = 0; index < count && missing !== 0; index++) missing &= ~slackAt[starts[index]! + at]!
    const found = candidates & ~missing
    if (found === 0) continue
    any = 1
    open[at]! &= ~found
    addCars(next, at, found)
    if ((found & unmet[at]!) !== 0) noteWanting(search, at, found & unmet[at]!)
  }
  if (any === 1) next.holds[node] = 1
}

const hasAny = (words: Int32Array, from: number, end: number): boolean => {
  for (let at = from; at < end; at++) if (words[at] !== 0) return true
  return false
}

/** Writes down which open slots of a node have energy coming in: what flows on, or waits there. @returns whether any has */
const noteGiving = ({ slotWords, nodeOf, slotOf, carries, search }: Network, node: number): boolean => {
  const { coming, giving, marks, excess, excessAt } = search
  const waiting = excess > 0 && nodeOf[excessAt] === node ? slotOf[excessAt]! : -1
  let any = 0
  for (let word = 0; word < slotWords; word++) {
    const at = node * slotWords + word
    const held = waiting >>> 5 === word ? 1 << (waiting & 31) : 0
    const bits = marks.slots[at]! & (carries[at]! | held)
    coming[word] = bits
    giving[word] = bits
    any |= bits
  }
  return any !== 0
}

/** Takes what 32 cars' givers have out of what a node's slots are still missing. @returns what then is missing, 0 for nothing */
const askGivers = ({ slotWords, cars, search }: Network, word: number, givers: number): number => {
  const { carFlow } = cars
  const { giving } = search
  let missing = 0
  for (let at = 0; at < slotWords; at++) {
    let left = giving[at]!
    for (let rest = givers; rest !== 0 && left !== 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      left &= ~carFlow[(word * 32 + bit) * slotWords + at]!
    }
    giving[at] = left
    missing |= left
  }
  return missing
}

/** Adds the slots of a node from which its cars in a layer could take energy back. */
const reachGivers = (network: Network, node: number, { layer, next }: Step): void => {
  if (layer.holds[node] === 0 || !noteGiving(network, node)) return
  const { slotWords, cars, search } = network
  const { chunks } = cars
  const { coming, giving } = search
  const open = search.marks.slots
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    const givers = layer.cars[word]! & chunks.mask[chunk]!
    if (givers !== 0 && askGivers(network, word, givers) === 0) break
  }
  for (let at = 0; at < slotWords; at++) {
    const found = coming[at]! & ~giving[at]!
    open[node * slotWords + at]! &= ~found
    next.slots[node * slotWords + at]! |= found
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
  return at.next.carWordCount > 0 || hasAny(at.next.slots, 0, at.next.slots.length)
}

/** Whether energy that has lost its way waits in a layer: then its place is a source too. */
const findExcess = ({ search, nodeOf, slotOf, slotWords }: Network, layer: Layer): void => {
  if (search.excess === 0) return
  const slot = slotOf[search.excessAt]!
  const word = nodeOf[search.excessAt]! * slotWords + (slot >>> 5)
  if ((layer.slots[word]! & (1 << (slot & 31))) !== 0) search.found[search.foundCount++] = search.excessAt
}

/** Whether a layer has a slot of the site that is used at a level or above it. */
const hasLevel = (network: Network, layer: Layer, level: number): boolean => {
  for (let word = 0; word < network.slotWords; word++)
    for (let rest = layer.slots[word]!; rest !== 0; ) {
      const bit = highestOf(rest)
      rest ^= 1 << bit
      const used = dearestOf(network, word * 32 + bit)
      if (used && used.level >= level) return true
    }
  return false
}

/**
 * Breadth first against the arcs of the residual graph, layer by layer from the targets to the nearest sources: cars that want
 * energy, and a node with excess. Visits vertices that are marked as open, and closes them. Without a source, all is visited
 * that can reach a target.
 * @param ceiling where no source can be found: a level that nothing can be above, so that the search ends with the first slot that has it
 * @returns whether a source was found; they are in `search.found`, all at `search.depth`
 */
export const searchBack = (network: Network, ceiling = Number.POSITIVE_INFINITY): boolean => {
  const { search } = network
  for (;;) {
    const next = emptyLayer(network, search.depth + 1)
    if (!step(network, { layer: search.layers[search.depth]!, next })) return false
    search.depth++
    findExcess(network, next)
    if (search.foundCount > 0) return true
    if (ceiling < Number.POSITIVE_INFINITY && hasLevel(network, next, ceiling)) return false
  }
}

/** Opens again all that the last search has closed. */
export const reopen = ({ search }: Network): void => {
  const { marks, layers } = search
  for (let depth = 0; depth <= search.depth; depth++) {
    const { cars, slots, carWords, carWordCount } = layers[depth]!
    for (let at = 0; at < carWordCount; at++) marks.cars[carWords[at]!]! |= cars[carWords[at]!]!
    for (let word = 0; word < slots.length; word++) marks.slots[word]! |= slots[word]!
  }
}
