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
  for (const [index, node] of nodes.entries())
    for (let slot = 0; slot < slots; slot++) cap[index * slots + slot] = Math.min(MOST_WH, whPerSlot(limitAt(node, slot), slotLength))
  return cap
}

/** Positions of the cars, so that those of a node stand together; and the nodes' lists of words. */
const placeCars = (cars: readonly SiteCar[], nodeCount: number): { readonly positions: Int32Array; readonly chunks: Chunks } => {
  const ends = new Int32Array(nodeCount + 1)
  for (const { node } of cars) ends[node + 1]!++
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
    const [first, end] = [ends[node]!, ends[node + 1]!]
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
    const [word, bit] = [position >>> 5, 1 << (position & 31)]
    slackAt[arrive[position]! * words + word]! ^= bit
    if (depart[position]! < slots) slackAt[depart[position]! * words + word]! ^= bit
  }
  for (let at = words; at < slots * words; at++) slackAt[at]! ^= slackAt[at - words]!
}

/** Slots of a window as bits of one word. */
export const windowWord = (word: number, arrive: number, depart: number): number => {
  const [from, to] = [Math.max(arrive - word * 32, 0), Math.min(depart - word * 32, 32)]
  if (from >= to) return 0
  return (-1 << from) & (to === 32 ? -1 : ~(-1 << to))
}

const buildCars = (problem: SiteProblem, placed: ReturnType<typeof placeCars>): CarColumns => {
  const { cars, slotLength } = problem
  const slots = problem.pricePerKwh.length
  const { positions, chunks } = placed
  const slotWords = (slots + 31) >>> 5
  const words = (cars.length + 31) >>> 5
  const column = () => new Int32Array(words * 32)
  const energyCount = cars.reduce((sum, { arriveSlot, departSlot }) => sum + departSlot - arriveSlot, 0)
  const columns: CarColumns = {
    chunks,
    count: cars.length,
    words,
    node: column(),
    arrive: column(),
    depart: column(),
    power: column(),
    left: column(),
    offset: column(),
    energy: new Int32Array(energyCount),
    energyCount,
    later: column(),
    unmet: new Int32Array(words),
    slackAt: new Int32Array(slots * words),
    flowAt: new Int32Array(slots * words),
    carSlack: new Int32Array(words * 32 * slotWords),
    carFlow: new Int32Array(words * 32 * slotWords),
  }
  let pair = 0
  for (let car = 0; car < cars.length; car++) {
    const { node, arriveSlot, departSlot, need, maxPower } = cars[car]!
    const position = positions[car]!
    columns.node[position] = node
    columns.arrive[position] = arriveSlot
    columns.depart[position] = departSlot
    columns.offset[position] = pair - arriveSlot
    pair += departSlot - arriveSlot
    setWish(columns, position, { power: whPerSlot(maxPower, slotLength), need })
    if (columns.power[position]! > 0)
      for (let word = 0; word < slotWords; word++) columns.carSlack[position * slotWords + word] = windowWord(word, arriveSlot, departSlot)
  }
  buildWindows(columns, slots)
  return columns
}

/** Sets what a car without energy asks for: no more than its window can hold, since no plan could give the rest. */
export const setWish = (columns: CarColumns, position: number, wish: { readonly power: number; readonly need: number }): void => {
  const later = columns.depart[position]! - columns.arrive[position]!
  columns.power[position] = wish.power
  columns.later[position] = later
  columns.left[position] = Math.min(wish.need, wish.power * later)
  if (columns.left[position]! > 0) columns.unmet[position >>> 5]! |= 1 << (position & 31)
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
  const [slots, nodeCount] = [problem.pricePerKwh.length, problem.nodes.length]
  const slotWords = (slots + 31) >>> 5
  const placed = placeCars(problem.cars, nodeCount)
  const cars = buildCars(problem, placed)
  const [vertices, positions] = [nodeCount * slots, cars.words * 32]
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
