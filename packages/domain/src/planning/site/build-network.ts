import type { CarColumns, Chunks, Labels, Marks, Network, SearchState } from './network.ts'
import { buildMarket } from './price-levels.ts'
import { limitAt, type SiteCar, type SiteProblem, whPerSlot } from './site-problem.ts'
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

const buildCapacities = ({ nodes, slotLength, pricePerKwh }: SiteProblem): Int32Array => {
  const slots = pricePerKwh.length
  const cap = new Int32Array(nodes.length * slots)
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!
    const begin = index * slots
    if (typeof node.limit === 'number') cap.fill(Math.min(MOST_WH, whPerSlot(node.limit, slotLength)), begin, begin + slots)
    else for (let slot = 0; slot < slots; slot++) cap[begin + slot] = Math.min(MOST_WH, whPerSlot(limitAt(node, slot), slotLength))
  }
  return cap
}

/** Positions of the cars, so that those of a node stand together; and the nodes' lists of words. */
const placeCars = (cars: readonly SiteCar[], nodeCount: number): { readonly positions: Int32Array; readonly chunks: Chunks } => {
  const ends = new Int32Array(nodeCount + 1)
  for (let car = 0; car < cars.length; car++) ends[cars[car]!.node + 1]!++
  for (let node = 0; node < nodeCount; node++) ends[node + 1]! += ends[node]!
  const next = ends.slice(0, nodeCount)
  const positions = new Int32Array(cars.length)
  for (let car = 0; car < cars.length; car++) positions[car] = next[cars[car]!.node]!++
  const most = (cars.length >>> 5) + 2 * nodeCount + 16
  const chunks: Chunks = {
    head: new Int32Array(nodeCount).fill(-1),
    next: new Int32Array(most),
    word: new Int32Array(most),
    mask: new Int32Array(most),
    count: 0,
  }
  for (let node = 0; node < nodeCount; node++) {
    const first = ends[node]!
    const end = ends[node + 1]!
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
  return { positions, chunks }
}

/** Bit sets of the cars' windows by slot: the ends are flipped, and every slot takes over from the one before. */
const buildWindows = (columns: CarColumns, slots: number): void => {
  const { slackAt, words, arrive, depart, power, count } = columns
  for (let position = 0; position < count; position++) {
    if (power[position] === 0) continue
    const word = position >>> 5
    const bit = 1 << (position & 31)
    slackAt[arrive[position]! * words + word]! ^= bit
    if (depart[position]! < slots) slackAt[depart[position]! * words + word]! ^= bit
  }
  for (let at = words; at < slots * words; at++) slackAt[at]! ^= slackAt[at - words]!
}

/** Slots of a window as bits of one word. */
export const windowWord = (word: number, arrive: number, depart: number): number => {
  const from = arrive - word * 32
  const to = depart - word * 32
  if (from >= 32 || to <= 0) return 0
  return (from > 0 ? -1 << from : -1) & (to >= 32 ? -1 : ~(-1 << to))
}

const countSlots = (cars: readonly SiteCar[]): number => {
  let count = 0
  for (let car = 0; car < cars.length; car++) count += cars[car]!.departSlot - cars[car]!.arriveSlot
  return count
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
    node: column(),
    arrive: column(),
    depart: column(),
    power: column(),
    left: column(),
    offset: column(),
    energy: new Int32Array(energyCount),
    energyCount,
    unmet: new Int32Array(words),
    slackAt: new Int32Array(slots * words),
    flowAt: new Int32Array(slots * words),
    carSlack: new Int32Array(words * 32 * slotWords),
    carFlow: new Int32Array(words * 32 * slotWords),
  }
}

const buildCars = ({ cars, slotLength, pricePerKwh }: SiteProblem, { positions, chunks }: ReturnType<typeof placeCars>): CarColumns => {
  const slots = pricePerKwh.length
  const slotWords = (slots + 31) >>> 5
  const columns = emptyColumns(cars.length, { slots, energyCount: countSlots(cars), chunks })
  const { node, arrive, depart, offset, power, left, unmet, carSlack } = columns
  let pair = 0
  for (let index = 0; index < cars.length; index++) {
    const car = cars[index]!
    const position = positions[index]!
    const from = car.arriveSlot
    const to = car.departSlot
    const own = whPerSlot(car.maxPower, slotLength)
    node[position] = car.node
    arrive[position] = from
    depart[position] = to
    offset[position] = pair - from
    pair += to - from
    power[position] = own
    if (own === 0) continue
    // No more than its window can hold, since no plan could give the rest.
    const wanted = Math.min(car.need, own * (to - from))
    left[position] = wanted
    if (wanted > 0) unmet[position >>> 5]! |= 1 << (position & 31)
    for (let word = from >>> 5; word * 32 < to; word++) carSlack[position * slotWords + word] = windowWord(word, from, to)
  }
  buildWindows(columns, slots)
  return columns
}

export const openMarks = (words: number, slotSets: number): Marks => ({
  cars: new Int32Array(words).fill(-1),
  slots: new Int32Array(slotSets).fill(-1),
})

const emptySearch = (vertices: number, positions: number, marks: Marks): SearchState => ({
  marks,
  layers: [],
  depth: 0,
  excess: 0,
  excessAt: 0,
  room: new Int32Array(vertices),
  carRoom: 0,
  found: new Int32Array(vertices + positions),
  foundCount: 0,
  phase: 0,
  stage: new Int32Array(vertices),
  arc: new Int32Array(vertices),
  path: new Int32Array(vertices + positions),
  residuals: new Int32Array(vertices + positions),
})

/** The empty flow of a problem that has been found in order; `positions` says where each of its cars stands. */
export const buildNetwork = (problem: SiteProblem): { readonly network: Network; readonly positions: Int32Array } => {
  const slots = problem.pricePerKwh.length
  const nodeCount = problem.nodes.length
  const slotWords = (slots + 31) >>> 5
  const placed = placeCars(problem.cars, nodeCount)
  const cars = buildCars(problem, placed)
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
    ...buildTree(problem.nodes.map(({ parent }) => parent)),
    cap: buildCapacities(problem),
    flow: new Int32Array(vertices),
    market: buildMarket(problem),
    cars,
    search: emptySearch(vertices, positions, labels.marks),
    labels,
    journal: undefined,
  }
  return { network, positions: placed.positions }
}
