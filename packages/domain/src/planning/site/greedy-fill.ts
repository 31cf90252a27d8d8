import { fillCar } from './give-energy.ts'
import { inParts } from './in-parts.ts'
import { type CarColumns, type Gift, highestOf, type Network } from './network.ts'
import { roomOf } from './price-levels.ts'
import { noteFlows } from './set-flow.ts'
import { slotWeights } from './slot-weights.ts'

/** Steps of laxity to a slot: finer than that the order does not matter. */
const STEPS = 4

/** What the fill works with from slot to slot, allocated once. */
export interface FillBuffers {
  /** What all cars together want before anything is filled. */
  readonly wanted: number
  /** The cars that want energy and can take some in the slot, and how much. */
  readonly candidates: Int32Array
  readonly amounts: Int32Array
  count: number
  /** What they could take, whatever the nodes allow. */
  together: number
  /** Candidates in lists by laxity, which may be below nothing: the first of each list, and the one after each; -1 ends a list. */
  readonly first: Int32Array
  readonly next: Int32Array
  /** The first list that has any. */
  lowest: number
  /** Laxity by position, in steps: what slots that the fill has still to come to are worth, beyond those that the car needs. */
  readonly laxity: Int32Array
  /** What the slots before each are worth, and the one at hand, which is now one less to come. */
  readonly weights: Int32Array
  passing: number
  /** By node: what its candidates could take, and what it can still carry in the slot. */
  readonly demand: Int32Array
  readonly room: Int32Array
  readonly gift: Gift
}

/** Steps of slots at full power that a car needs for what it wants. */
const stepsFor = (left: number, power: number): number => Math.ceil((left * STEPS) / power)

export const fillBuffers = (network: Network): FillBuffers => {
  const { cars, slots, nodeCount } = network
  const { count, arrive, depart, left, power } = cars
  const weights = slotWeights(network, STEPS)
  const laxity = new Int32Array(count)
  let wanted = 0
  inParts(count, (from, to) => {
    for (let position = from; position < to; position++) {
      wanted += left[position]!
      laxity[position] = weights[depart[position]!]! - weights[arrive[position]!]! - stepsFor(left[position]!, power[position]!)
    }
  })
  return {
    wanted,
    candidates: new Int32Array(count),
    amounts: new Int32Array(count),
    count: 0,
    together: 0,
    first: new Int32Array(2 * slots * STEPS + 1).fill(-1),
    next: new Int32Array(count),
    lowest: 0,
    laxity,
    weights,
    passing: 0,
    demand: new Int32Array(nodeCount),
    room: new Int32Array(nodeCount),
    gift: { slot: 0, amount: 0 },
  }
}

/** Adds the candidates among 32 cars. */
const collectWord = (cars: CarColumns, at: FillBuffers, word: number): void => {
  const { power, left, energy, offset } = cars
  const { candidates, amounts, first, next, laxity, passing } = at
  const { slot } = at.gift
  const tightest = first.length >>> 1
  const begun = cars.flowAt[slot * cars.words + word]!
  let bits = cars.slackAt[slot * cars.words + word]! & cars.unmet[word]!
  let count = at.count
  let together = at.together
  let lowest = at.lowest
  while (bits !== 0) {
    const bit = highestOf(bits)
    bits ^= 1 << bit
    const position = word * 32 + bit
    const own = power[position]!
    const wanted = left[position]!
    const free = (begun & (1 << bit)) === 0 ? own : own - energy[offset[position]! + slot]!
    const amount = free < wanted ? free : wanted
    const spare = laxity[position]! - passing
    laxity[position] = spare
    const list = spare < -tightest ? 0 : spare + tightest
    if (list < lowest) lowest = list
    candidates[count] = position
    amounts[count] = amount
    next[count] = first[list]!
    first[list] = count++
    together += amount
  }
  at.count = count
  at.together = together
  at.lowest = lowest
}

/** Adds what all of them could take to the flow, when it fits below every limit. @returns whether it does */
const fits = ({ nodeCount, parent, slots, cap, flow, cars }: Network, at: FillBuffers): boolean => {
  const { demand, candidates, amounts, count, gift } = at
  demand.fill(0)
  for (let index = 0; index < count; index++) demand[cars.node[candidates[index]!]!]! += amounts[index]!
  let fit = true
  for (let node = nodeCount - 1; node > 0; node--) {
    const wanted = demand[node]!
    if (wanted > cap[node * slots + gift.slot]! - flow[node * slots + gift.slot]!) fit = false
    demand[parent[node]!]! += wanted
  }
  if (fit) for (let node = 0; node < nodeCount; node++) flow[node * slots + gift.slot]! += demand[node]!
  return fit
}

/** Gives a candidate energy, and keeps its laxity. */
const fillWith = (network: Network, at: FillBuffers, position: number): void => {
  const { left, power } = network.cars
  const own = power[position]!
  const { amount } = at.gift
  if (amount === own) at.laxity[position]! += STEPS
  else at.laxity[position]! += stepsFor(left[position]!, own) - stepsFor(left[position]! - amount, own)
  fillCar(network, position, at.gift)
}

/** Gives one candidate what still fits below every limit. */
const fillCandidate = (network: Network, at: FillBuffers, index: number): void => {
  const { parent, cars } = network
  const { room, gift } = at
  const position = at.candidates[index]!
  const own = cars.node[position]!
  let amount = at.amounts[index]!
  for (let node = own; node >= 0; node = parent[node]!) if (room[node]! < amount) amount = room[node]!
  if (amount <= 0) return
  for (let node = own; node >= 0; node = parent[node]!) room[node]! -= amount
  gift.amount = amount
  fillWith(network, at, position)
}

const fillList = (network: Network, at: FillBuffers, list: number): void => {
  for (let index = at.first[list]!; index >= 0 && at.room[0]! > 0; index = at.next[index]!) fillCandidate(network, at, index)
}

/** Fills in rising order of laxity until the site has no room left. @returns Wh given */
const fillInOrder = (network: Network, at: FillBuffers, siteRoom: number): number => {
  const { nodeCount, slots, cap, flow } = network
  const { room, first, gift } = at
  room[0] = siteRoom
  for (let node = 1; node < nodeCount; node++) room[node] = cap[node * slots + gift.slot]! - flow[node * slots + gift.slot]!
  for (let list = at.lowest; list < first.length && room[0]! > 0; list++) fillList(network, at, list)
  for (let node = 1; node < nodeCount; node++) flow[node * slots + gift.slot] = cap[node * slots + gift.slot]! - room[node]!
  flow[gift.slot]! += siteRoom - room[0]!
  return siteRoom - room[0]!
}

const fillAll = (network: Network, at: FillBuffers): number => {
  for (let index = 0; index < at.count; index++) {
    at.gift.amount = at.amounts[index]!
    fillWith(network, at, at.candidates[index]!)
  }
  return at.together
}

/**
 * Gives the energy of one price segment of a slot to the cars that want it, those with the least laxity first where it does not
 * do for all. @returns Wh given
 */
export const greedyFill = (network: Network, entry: number, at: FillBuffers): number => {
  const { segments } = network.market
  const slot = Math.floor(entry / segments)
  at.gift.slot = slot
  at.passing = entry % segments === segments - 1 ? at.weights[slot + 1]! - at.weights[slot]! : 0
  at.count = 0
  at.together = 0
  at.lowest = at.first.length
  for (let word = 0; word < network.cars.words; word++) collectWord(network.cars, at, word)
  if (at.count === 0) return 0
  const room = roomOf(network, entry)
  const given = at.together <= room && fits(network, at) ? fillAll(network, at) : fillInOrder(network, at, room)
  at.first.fill(-1)
  noteFlows(network, slot)
  return given
}
