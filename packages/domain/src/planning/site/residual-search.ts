import type { Network, SearchState } from './network.ts'

/** Starts a search from nothing: distances of earlier ones are below its base. */
const begin = (search: SearchState): void => {
  search.base += search.deepest + 2
  search.deepest = 0
  search.queued = 0
  search.foundCount = 0
  if (search.base < 1_000_000_000) return
  search.nodeDistance.fill(0)
  search.carDistance.fill(0)
  search.base = 1
}

/** Makes node vertices, or one car as `~position`, the targets of a new search; each may take what its room says. */
export const aimAt = ({ search, slots, slotWords }: Network, targets: readonly number[]): void => {
  begin(search)
  for (const target of targets) {
    if (target < 0) {
      search.marks.cars[~target >>> 5]! &= ~(1 << (~target & 31))
      search.carDistance[~target] = search.base + 1
    } else {
      const slot = target % slots
      search.marks.slots[((target - slot) / slots) * slotWords + (slot >>> 5)]! &= ~(1 << (slot & 31))
      search.nodeDistance[target] = search.base + 1
    }
    search.queue[search.queued++] = target
  }
}

/** Visits what can send energy into a node in a slot: what flows up from it can be turned back, and what is below it can send more. */
const visitNode = (network: Network, vertex: number, distance: number): void => {
  const { slots, slotWords, parent, firstChild, nextSibling, cap, flow, cars, search } = network
  const { marks, queue, nodeDistance, carDistance, excess, found } = search
  const slot = vertex % slots
  const node = (vertex - slot) / slots
  const [slotWord, slotBit] = [slot >>> 5, 1 << (slot & 31)]
  let queued = search.queued
  const above = parent[node]!
  if (above >= 0 && flow[vertex]! > 0 && (marks.slots[above * slotWords + slotWord]! & slotBit) !== 0) {
    const next = above * slots + slot
    marks.slots[above * slotWords + slotWord]! &= ~slotBit
    nodeDistance[next] = distance
    queue[queued++] = next
    if (excess[next]! > 0) found[search.foundCount++] = next
  }
  for (let child = firstChild[node]!; child >= 0; child = nextSibling[child]!) {
    const next = child * slots + slot
    if ((marks.slots[child * slotWords + slotWord]! & slotBit) === 0 || cap[next]! <= flow[next]!) continue
    marks.slots[child * slotWords + slotWord]! &= ~slotBit
    nodeDistance[next] = distance
    queue[queued++] = next
    if (excess[next]! > 0) found[search.foundCount++] = next
  }
  const { chunks, slackAt, unmet, words } = cars
  for (let chunk = chunks.head[node]!; chunk >= 0; chunk = chunks.next[chunk]!) {
    const word = chunks.word[chunk]!
    const bits = slackAt[slot * words + word]! & chunks.mask[chunk]! & marks.cars[word]!
    if (bits === 0) continue
    marks.cars[word]! &= ~bits
    const wanting = unmet[word]!
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const low = rest & -rest
      const position = word * 32 + 31 - Math.clz32(low)
      carDistance[position] = distance
      queue[queued++] = ~position
      if ((wanting & low) !== 0) found[search.foundCount++] = ~position
    }
  }
  search.queued = queued
}

/** Visits the slots of a car's node from which it could take energy back. */
const visitCar = (network: Network, position: number, distance: number): void => {
  const { slots, slotWords, cars, search } = network
  const { marks, queue, nodeDistance, excess, found } = search
  const node = cars.node[position]!
  for (let word = 0; word < slotWords; word++) {
    const bits = cars.carFlow[position * slotWords + word]! & marks.slots[node * slotWords + word]!
    if (bits === 0) continue
    marks.slots[node * slotWords + word]! &= ~bits
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const next = node * slots + word * 32 + 31 - Math.clz32(rest & -rest)
      nodeDistance[next] = distance
      queue[search.queued++] = next
      if (excess[next]! > 0) found[search.foundCount++] = next
    }
  }
}

/**
 * Breadth first against the arcs of the residual graph, from the targets to the nearest sources: cars that want energy, and
 * nodes with excess. Visits vertices that are marked as open, and closes them. Without a source, all is visited that can
 * reach a target.
 * @returns whether a source was found; they are in `search.found`
 */
export const searchBack = (network: Network): boolean => {
  const { search } = network
  const { queue, nodeDistance, carDistance, base } = search
  let least = Number.POSITIVE_INFINITY
  for (let head = 0; head < search.queued; head++) {
    const vertex = queue[head]!
    const distance = vertex < 0 ? carDistance[~vertex]! : nodeDistance[vertex]!
    if (distance >= least) break
    if (vertex < 0) visitCar(network, ~vertex, distance + 1)
    else visitNode(network, vertex, distance + 1)
    if (search.foundCount > 0) least = distance + 1
  }
  const last = search.queued > 0 ? queue[search.queued - 1]! : 0
  search.deepest = search.queued > 0 ? (last < 0 ? carDistance[~last]! : nodeDistance[last]!) - base : 0
  return search.foundCount > 0
}

/** Opens again all that the last search has closed. */
export const reopen = ({ search, slots, slotWords }: Network): void => {
  const { marks, queue, queued } = search
  for (let index = 0; index < queued; index++) {
    const vertex = queue[index]!
    if (vertex < 0) marks.cars[~vertex >>> 5]! |= 1 << (~vertex & 31)
    else {
      const slot = vertex % slots
      marks.slots[((vertex - slot) / slots) * slotWords + (slot >>> 5)]! |= 1 << (slot & 31)
    }
  }
}
