import { inParts } from './in-parts.ts'
import type { CarColumns, Chunks, Labels, Marks, Network, SearchState } from './network.ts'
import { buildMarket } from './price-levels.ts'
import { type SiteCar, type SiteProblem, whPerSlot } from './site-problem.ts'
import { MOST_WH } from './validate-site.ts'

const buildTree = (parents: readonly (number | undefined)[]) => {
  const parent = Int32Array.from(parents, (above) => above ?? -1)
  const firstChild = new Int32Array(parent.length).fill(-1)
  const nextSibling = new Int32Array(parent.length).fill(-1)
  for (let node = parent.length - 1; node > 0; node--) {
    const above = parent[node]!
    nextSibling[node] = firstChild[above]!
    firstChild[above] = node
  }
  return { parent, firstChild, nextSibling }
}

/** Slots of a window as bits of one word. */
export const windowWord = (word: number, arrive: number, depart: number): number => {
  const from = arrive - word * 32
  const to = depart - word * 32
  if (from >= 32 || to <= 0) return 0
  return (from > 0 ? -1 << from : -1) & (to >= 32 ? -1 : ~(-1 << to))
}

/** What each node may carry in each slot, and the slots in which that is anything, as bits. */
const buildCapacities = ({ nodes, slotLength, pricePerKwh }: SiteProblem) => {
  const slots = pricePerKwh.length
  const slotWords = (slots + 31) >>> 5
  const cap = new Int32Array(nodes.length * slots)
  const spares = new Int32Array(nodes.length * slotWords)
  for (let index = 0; index < nodes.length; index++) {
    const { limit } = nodes[index]!
    if (typeof limit === 'number') {
      const most = Math.min(MOST_WH, whPerSlot(limit, slotLength))
      cap.fill(most, index * slots, (index + 1) * slots)
      for (let word = 0; word < slotWords; word++) spares[index * slotWords + word] = most > 0 ? windowWord(word, 0, slots) : 0
      continue
    }
    for (let slot = 0; slot < slots; slot++) {
      const most = Math.min(MOST_WH, whPerSlot(limit[slot]!, slotLength))
      cap[index * slots + slot] = most
      if (most > 0) spares[index * slotWords + (slot >>> 5)]! |= 1 << (slot & 31)
    }
  }
  return { cap, spares }
}

/** How many cars hang on each node: at one place later, to be summed; and how many slots all windows have together. */
const countCars = (cars: readonly SiteCar[], ends: Int32Array): number => {
  let pairs = 0
  inParts(cars.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const { node, arriveSlot, departSlot } = cars[index]!
      ends[node + 1]! += 1
      pairs += departSlot - arriveSlot
    }
  })
  return pairs
}

/** The words in which the positions of a node stand, from `first` to before `end`. */
const chainWords = (chunks: Chunks, node: number, { first, end }: { readonly first: number; readonly end: number }): void => {
  for (let word = first >>> 5; word * 32 < end && first < end; word++) {
    const low = word * 32 < first ? -1 << (first & 31) : -1
    const high = word * 32 + 32 > end ? ~(-1 << (end & 31)) : -1
    const chunk = chunks.count++
    chunks.word[chunk] = word
    chunks.mask[chunk] = low & high
    chunks.next[chunk] = chunks.head[node]!
    chunks.head[node] = chunk
  }
}

interface Placing {
  /** The next free position of each node: the cars of a node stand together. */
  readonly next: Int32Array
  readonly chunks: Chunks
  readonly energyCount: number
}

const makePlaces = (cars: readonly SiteCar[], nodeCount: number): Placing => {
  const ends = new Int32Array(nodeCount + 1)
  const energyCount = countCars(cars, ends)
  for (let node = 0; node < nodeCount; node++) ends[node + 1]! += ends[node]!
  const most = (cars.length >>> 5) + 2 * nodeCount + 16
  const chunks: Chunks = {
    head: new Int32Array(nodeCount).fill(-1),
    next: new Int32Array(most),
    word: new Int32Array(most),
    mask: new Int32Array(most),
    count: 0,
  }
  for (let node = 0; node < nodeCount; node++) chainWords(chunks, node, { first: ends[node]!, end: ends[node + 1]! })
  return { next: ends.slice(0, nodeCount), chunks, energyCount }
}

const emptyColumns = (
  count: number,
  sizes: { readonly slots: number; readonly energyCount: number; readonly chunks: Chunks },
): CarColumns => {
  const { slots, energyCount, chunks } = sizes
  const words = (count + 31) >>> 5
  const slotWords = (slots + 31) >>> 5
  const column = () => new Int32Array(words * 32)
  return {
    chunks,
    count,
    words,
    number: column(),
    node: column(),
    arrive: column(),
    depart: column(),
    power: column(),
    left: column(),
    offset: column(),
    energy: new Int32Array(energyCount),
    energyCount,
    isLent: false,
    unmet: new Int32Array(words),
    slackAt: new Int32Array(slots * words),
    flowAt: new Int32Array(slots * words),
    carSlack: new Int32Array(words * 32 * slotWords),
    carFlow: new Int32Array(words * 32 * slotWords),
  }
}

/** Where a car sits, where its energies begin, and what it can take in one slot; one object serves all. */
interface Seat {
  number: number
  position: number
  pair: number
  own: number
}

/** Writes one car down at a position; in the sets by slot its window is only begun and ended. */
const seatCar = (columns: CarColumns, { arriveSlot, departSlot, need, node }: SiteCar, at: Seat): void => {
  const { number, position, pair, own } = at
  const { words, slackAt, carSlack } = columns
  const word = position >>> 5
  const bit = 1 << (position & 31)
  columns.number[position] = number
  columns.node[position] = node
  columns.arrive[position] = arriveSlot
  columns.depart[position] = departSlot
  columns.offset[position] = pair - arriveSlot
  columns.power[position] = own
  if (own === 0) return
  // No more than its window can hold, since no plan could give the rest.
  const most = own * (departSlot - arriveSlot)
  columns.left[position] = need < most ? need : most
  if (need > 0) columns.unmet[word]! |= bit
  slackAt[arriveSlot * words + word]! ^= bit
  if (departSlot * words < slackAt.length) slackAt[departSlot * words + word]! ^= bit
  const slotWords = carSlack.length / (words * 32)
  for (let each = arriveSlot >>> 5; each * 32 < departSlot; each++)
    carSlack[position * slotWords + each] = windowWord(each, arriveSlot, departSlot)
}

/** What has begun and not ended goes over from one slot to the next. */
const carryOver = (sets: Int32Array, slot: number, words: number): void => {
  for (let at = slot * words; at < (slot + 1) * words; at++) sets[at]! ^= sets[at - words]!
}

const buildCars = ({ cars, slotLength, pricePerKwh }: SiteProblem, nodeCount: number) => {
  const slots = pricePerKwh.length
  const { next, chunks, energyCount } = makePlaces(cars, nodeCount)
  const columns = emptyColumns(cars.length, { slots, energyCount, chunks })
  const positions = new Int32Array(cars.length)
  const at: Seat = { number: 0, position: 0, pair: 0, own: 0 }
  inParts(cars.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const car = cars[index]!
      at.number = index
      at.position = next[car.node]!
      next[car.node] = at.position + 1
      at.own = whPerSlot(car.maxPower, slotLength)
      positions[index] = at.position
      seatCar(columns, car, at)
      at.pair += car.departSlot - car.arriveSlot
    }
  })
  for (let slot = 1; slot < slots; slot++) carryOver(columns.slackAt, slot, columns.words)
  return { columns, positions }
}

export const openMarks = (words: number, slotSets: number): Marks => ({
  cars: new Int32Array(words).fill(-1),
  slots: new Int32Array(slotSets).fill(-1),
})

const emptySearch = (
  { vertices, positions, slots }: { readonly vertices: number; readonly positions: number; readonly slots: number },
  marks: Marks,
): SearchState => ({
  marks,
  layers: [],
  depth: 0,
  excess: 0,
  excessAt: 0,
  room: new Int32Array(vertices),
  carRoom: 0,
  roomLeft: 0,
  starts: new Int32Array(slots),
  coming: new Int32Array((slots + 31) >>> 5),
  giving: new Int32Array((slots + 31) >>> 5),
  found: new Int32Array(vertices + positions),
  foundCount: 0,
  phase: 0,
  stage: new Int32Array(vertices),
  arc: new Int32Array(vertices),
  path: new Int32Array(vertices + positions),
  residuals: new Int32Array(vertices + positions),
  gift: { slot: 0, amount: 0 },
})

/** Node and slot of every node vertex. */
const buildPlaces = (nodeCount: number, slots: number) => {
  const nodeOf = new Int32Array(nodeCount * slots)
  const slotOf = new Int32Array(nodeCount * slots)
  for (let slot = 0; slot < slots; slot++) slotOf[slot] = slot
  const row = slotOf.subarray(0, slots)
  for (let node = 1; node < nodeCount; node++) {
    nodeOf.fill(node, node * slots, (node + 1) * slots)
    slotOf.set(row, node * slots)
  }
  return { nodeOf, slotOf }
}

/** The empty flow of a problem that has been found in order; `positions` says where each of its cars stands. */
export const buildNetwork = (problem: SiteProblem): { readonly network: Network; readonly positions: Int32Array } => {
  const slots = problem.pricePerKwh.length
  const nodeCount = problem.nodes.length
  const slotWords = (slots + 31) >>> 5
  const { columns: cars, positions: places } = buildCars(problem, nodeCount)
  const vertices = nodeCount * slots
  const positions = cars.words * 32
  const labels: Labels = {
    nodeLevel: new Int32Array(vertices).fill(-1),
    carLevel: new Int32Array(positions).fill(-1),
    log: new Int32Array(vertices + positions),
    logged: 0,
    frontier: 0,
    marks: openMarks(cars.words, nodeCount * slotWords),
  }
  const network: Network = {
    slots,
    slotWords,
    nodeCount,
    ...buildPlaces(nodeCount, slots),
    ...buildTree(problem.nodes.map(({ parent }) => parent)),
    ...buildCapacities(problem),
    flow: new Int32Array(vertices),
    carries: new Int32Array(nodeCount * slotWords),
    market: buildMarket(problem),
    cars,
    search: emptySearch({ vertices, positions, slots }, labels.marks),
    labels,
    journal: undefined,
  }
  return { network, positions: places }
}
