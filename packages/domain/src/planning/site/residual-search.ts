import type { Layer, Network } from './network.ts'

/** A layer of the search, emptied. */
const emptyLayer = ({ search, cars, nodeCount, slotWords }: Network, depth: number): Layer => {
  const known = search.layers[depth]
  if (!known) {
    const layer = { cars: new Int32Array(cars.words), slots: new Int32Array(nodeCount * slotWords) }
    search.layers[depth] = layer
    return layer
  }
  known.cars.fill(0)
  known.slots.fill(0)
  return known
}

/** Makes node vertices, or one car as `~position`, the targets of a new search; each may take what its room says. */
export const aimAt = (network: Network, targets: readonly number[]): void => {
  const { search, slots, slotWords } = network
  const layer = emptyLayer(network, 0)
  search.depth = 0
  search.foundCount = 0
  for (const target of targets) {
    const slot = target % slots
    const [set, mark, word, bit] =
      target < 0
        ? [layer.cars, search.marks.cars, ~target >>> 5, 1 << (~target & 31)]
        : [layer.slots, search.marks.slots, ((target - slot) / slots) * slotWords + (slot >>> 5), 1 << (slot & 31)]
    set[word]! |= bit
    mark[word]! &= ~bit
  }
}

/** Adds what can send energy into a node in a slot: what flows up from it can be turned back, and what is below it can send more. */
const reachNode = (network: Network, next: Layer, { node, slot }: { readonly node: number; readonly slot: number }): void => {
  const { slots, slotWords, parent, firstChild, nextSibling, cap, flow, cars, search } = network
  const { marks } = search
  const [word, bit] = [slot >>> 5, 1 << (slot & 31)]
  const above = parent[node]!
  if (above >= 0 && flow[node * slots + slot]! > 0 && (marks.slots[above * slotWords + word]! & bit) !== 0) {
    marks.slots[above * slotWords + word]! &= ~bit
    next.slots[above * slotWords + word]! |= bit
  }
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
    const at = child * slotWords + word
    if ((marks.slots[at]! & bit) === 0 || cap[child * slots + slot]! <= flow[child * slots + slot]!) continue
    marks.slots[at]! &= ~bit
    next.slots[at]! |= bit
  }
  const { chunks, slackAt, words } = cars
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const at = chunks.word[chunk]!
    const bits = slackAt[slot * words + at]! & chunks.mask[chunk]! & marks.cars[at]!
    if (bits === 0) continue
    marks.cars[at]! &= ~bits
    next.cars[at]! |= bits
  }
}

/** Adds the slots of a node from which its cars in a layer could take energy back. */
const reachCars = (network: Network, layer: Layer, { next, node }: { readonly next: Layer; readonly node: number }): void => {
  const { slotWords, cars, search } = network
  const { chunks, carFlow } = cars
  const open = search.marks.slots
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    for (let rest = layer.cars[word]! & chunks.mask[chunk]!; rest !== 0; rest &= rest - 1) {
      const position = word * 32 + 31 - Math.clz32(rest & -rest)
      for (let at = 0; at < slotWords; at++) {
        const bits = carFlow[position * slotWords + at]! & open[node * slotWords + at]!
        if (bits === 0) continue
        open[node * slotWords + at]! &= ~bits
        next.slots[node * slotWords + at]! |= bits
      }
    }
  }
}

/** Goes one step back from a layer to the next. @returns whether that has anything */
const step = (network: Network, layer: Layer, next: Layer): boolean => {
  const { nodeCount, slotWords } = network
  for (let node = 0; node < nodeCount; node++) {
    for (let word = 0; word < slotWords; word++)
      for (let rest = layer.slots[node * slotWords + word]!; rest !== 0; rest &= rest - 1)
        reachNode(network, next, { node, slot: word * 32 + 31 - Math.clz32(rest & -rest) })
    reachCars(network, layer, { next, node })
  }
  return next.cars.some((bits) => bits !== 0) || next.slots.some((bits) => bits !== 0)
}

/** Writes down the sources in a layer: cars that want energy, and the node with excess. */
const findSources = ({ search, cars, slots, slotWords }: Network, layer: Layer): void => {
  for (let word = 0; word < layer.cars.length; word++)
    for (let rest = layer.cars[word]! & cars.unmet[word]!; rest !== 0; rest &= rest - 1)
      search.found[search.foundCount++] = ~(word * 32 + 31 - Math.clz32(rest & -rest))
  if (search.excess === 0) return
  const slot = search.excessAt % slots
  const word = ((search.excessAt - slot) / slots) * slotWords + (slot >>> 5)
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
    if (!step(network, search.layers[search.depth]!, next)) return false
    search.depth++
    findSources(network, next)
    if (search.foundCount > 0) return true
  }
}

/** Opens again all that the last search has closed. */
export const reopen = ({ search }: Network): void => {
  const { marks, layers } = search
  for (let depth = 0; depth <= search.depth; depth++) {
    const layer = layers[depth]!
    for (let word = 0; word < layer.cars.length; word++) marks.cars[word]! |= layer.cars[word]!
    for (let word = 0; word < layer.slots.length; word++) marks.slots[word]! |= layer.slots[word]!
  }
}

/** Calls for every vertex that the last search has visited, with its layer. */
export const forVisited = ({ search, slots, slotWords, nodeCount }: Network, visit: (vertex: number, depth: number) => void): void => {
  for (let depth = 0; depth <= search.depth; depth++) {
    const layer = search.layers[depth]!
    for (let node = 0; node < nodeCount; node++)
      for (let word = 0; word < slotWords; word++)
        for (let rest = layer.slots[node * slotWords + word]!; rest !== 0; rest &= rest - 1)
          visit(node * slots + word * 32 + 31 - Math.clz32(rest & -rest), depth)
    for (let word = 0; word < layer.cars.length; word++)
      for (let rest = layer.cars[word]!; rest !== 0; rest &= rest - 1) visit(~(word * 32 + 31 - Math.clz32(rest & -rest)), depth)
  }
}
