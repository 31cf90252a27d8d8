import type { Network } from './network.ts'
import { roomOf } from './price-levels.ts'

/** Steps of laxity to a slot: finer than that the order does not matter. */
const STEPS = 4

/** What the fill works with from slot to slot, allocated once. */
export interface FillBuffers {
  readonly candidates: Int32Array
  /** How many candidates there are. */
  count: number
  readonly keys: Int32Array
  readonly sorted: Int32Array
  readonly counts: Int32Array
  readonly demand: Int32Array
  /** How many of the slots before each one the fill has still to come to. */
  readonly ahead: Int32Array
}
export const fillBuffers = ({ cars, slots, nodeCount }: Network): FillBuffers => ({
  candidates: new Int32Array(cars.count),
  count: 0,
  keys: new Int32Array(cars.count),
  sorted: new Int32Array(cars.count),
  counts: new Int32Array(slots * STEPS + 2),
  demand: new Int32Array(nodeCount),
  ahead: new Int32Array(slots + 1).map((_, slot) => slot),
})

/** Energy for a car in a slot; one object serves many calls. */
export interface Gift {
  slot: number
  amount: number
}

/** Gives a car energy in a slot, or takes it back, and keeps the bit sets true. */
export const give = ({ cars, slotWords }: Network, position: number, { slot, amount }: Gift): void => {
  const pair = cars.offset[position]! + slot
  const energy = cars.energy[pair]! + amount
  cars.energy[pair] = energy
  const at = slot * cars.words + (position >>> 5)
  const bit = 1 << (position & 31)
  const own = position * slotWords + (slot >>> 5)
  const slotBit = 1 << (slot & 31)
  if (energy > 0) {
    cars.flowAt[at]! |= bit
    cars.carFlow[own]! |= slotBit
  } else {
    cars.flowAt[at]! &= ~bit
    cars.carFlow[own]! &= ~slotBit
  }
  if (energy < cars.power[position]!) {
    cars.slackAt[at]! |= bit
    cars.carSlack[own]! |= slotBit
  } else {
    cars.slackAt[at]! &= ~bit
    cars.carSlack[own]! &= ~slotBit
  }
}

/** Gives a car that wants it more energy in a slot: the short form of `give` for what is done most often. */
const fillCar = ({ cars, slotWords }: Network, position: number, { slot, amount }: Gift): void => {
  const pair = cars.offset[position]! + slot
  const energy = cars.energy[pair]! + amount
  const at = slot * cars.words + (position >>> 5)
  const bit = 1 << (position & 31)
  const own = position * slotWords + (slot >>> 5)
  const slotBit = 1 << (slot & 31)
  cars.energy[pair] = energy
  cars.flowAt[at]! |= bit
  cars.carFlow[own]! |= slotBit
  if (energy === cars.power[position]) {
    cars.slackAt[at]! &= ~bit
    cars.carSlack[own]! &= ~slotBit
  }
  const left = cars.left[position]! - amount
  cars.left[position] = left
  if (left === 0) cars.unmet[position >>> 5]! &= ~bit
}

/** Writes down the cars that still want energy and can take some in a slot. @returns what they could take, whatever the nodes allow */
const collect = ({ cars }: Network, slot: number, buffers: FillBuffers): number => {
  const { words, slackAt, flowAt, unmet, power, left, energy, offset } = cars
  const { candidates } = buffers
  let count = 0
  let together = 0
  for (let word = 0; word < words; word++) {
    const begun = flowAt[slot * words + word]!
    for (let bits = slackAt[slot * words + word]! & unmet[word]!; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits
      const position = word * 32 + 31 - Math.clz32(bit)
      const own = power[position]!
      const wanted = left[position]!
      const free = (begun & bit) === 0 ? own : own - energy[offset[position]! + slot]!
      together += free < wanted ? free : wanted
      candidates[count++] = position
    }
  }
  buffers.count = count
  return together
}

/** Adds what all of them could take to the flow, when it fits below every limit. @returns whether it does */
const fits = (network: Network, slot: number, { candidates, count, demand }: FillBuffers): boolean => {
  const { nodeCount, parent, slots, cap, flow, cars } = network
  for (let index = 0; index < count; index++) {
    const position = candidates[index]!
    const free = cars.power[position]! - cars.energy[cars.offset[position]! + slot]!
    demand[cars.node[position]!]! += Math.min(free, cars.left[position]!)
  }
  let fit = true
  for (let node = nodeCount - 1; node > 0; node--) {
    const wanted = demand[node]!
    if (wanted > cap[node * slots + slot]! - flow[node * slots + slot]!) fit = false
    demand[parent[node]!]! += wanted
  }
  if (fit) for (let node = 0; node < nodeCount; node++) flow[node * slots + slot]! += demand[node]!
  demand.fill(0)
  return fit
}

/** The candidates in rising order of laxity: slots that are left to them beyond what they need. */
const byLaxity = ({ cars, slots }: Network, buffers: FillBuffers): Int32Array => {
  const { power, left, arrive, depart } = cars
  const { candidates, count, keys, sorted, counts, ahead } = buffers
  const most = slots * STEPS
  counts.fill(0)
  for (let index = 0; index < count; index++) {
    const position = candidates[index]!
    const remaining = ahead[depart[position]!]! - ahead[arrive[position]!]!
    const laxity = ((remaining - left[position]! / power[position]!) * STEPS) | 0
    const key = laxity < 0 ? 0 : laxity > most ? most : laxity
    keys[index] = key
    counts[key + 1]!++
  }
  for (let key = 1; key < counts.length; key++) counts[key]! += counts[key - 1]!
  for (let index = 0; index < count; index++) sorted[counts[keys[index]!]!++] = candidates[index]!
  return sorted
}

const fillAll = (network: Network, slot: number, at: FillBuffers): void => {
  const { cars } = network
  const gift = { slot, amount: 0 }
  for (let index = 0; index < at.count; index++) {
    const position = at.candidates[index]!
    const most = cars.power[position]! - cars.energy[cars.offset[position]! + slot]!
    gift.amount = most < cars.left[position]! ? most : cars.left[position]!
    fillCar(network, position, gift)
  }
}

const fillInOrder = (network: Network, slot: number, at: { order: Int32Array; count: number; room: number }): number => {
  const { cars, parent, slots, cap, flow } = network
  const gift = { slot, amount: 0 }
  let room = at.room
  for (let index = 0; index < at.count && room > 0; index++) {
    const position = at.order[index]!
    let amount = cars.power[position]! - cars.energy[cars.offset[position]! + slot]!
    if (cars.left[position]! < amount) amount = cars.left[position]!
    if (room < amount) amount = room
    for (let node = cars.node[position]!; node > 0; node = parent[node]!) {
      const free = cap[node * slots + slot]! - flow[node * slots + slot]!
      if (free < amount) amount = free
    }
    if (amount <= 0) continue
    for (let node = cars.node[position]!; node >= 0; node = parent[node]!) flow[node * slots + slot]! += amount
    room -= amount
    gift.amount = amount
    fillCar(network, position, gift)
  }
  return at.room - room
}

const fillSegment = (network: Network, entry: number, buffers: FillBuffers): number => {
  const slot = Math.floor(entry / network.market.segments)
  const room = roomOf(network, entry)
  if (room <= 0) return 0
  const together = collect(network, slot, buffers)
  if (together === 0) return 0
  if (together > room || !fits(network, slot, buffers))
    return fillInOrder(network, slot, { order: byLaxity(network, buffers), count: buffers.count, room })
  fillAll(network, slot, buffers)
  return together
}

/**
 * Gives the energy of one price segment of a slot to the cars that want it, those with the least laxity first where it does not
 * do for all. @returns Wh given
 */
export const greedyFill = (network: Network, entry: number, buffers: FillBuffers): number => {
  const { market, slots } = network
  const isLast = entry % market.segments === market.segments - 1
  if (isLast) for (let later = Math.floor(entry / market.segments) + 1; later <= slots; later++) buffers.ahead[later]!--
  return fillSegment(network, entry, buffers)
}
