import type { Network } from './network.ts'
import { roomOf } from './price-levels.ts'

/** Steps of laxity to a slot: finer than that the order does not matter. */
const STEPS = 4

/** What the fill works with from slot to slot, allocated once. */
export interface FillBuffers {
  readonly candidates: Int32Array
  readonly keys: Int32Array
  readonly sorted: Int32Array
  readonly counts: Int32Array
  readonly demand: Int32Array
}
export const fillBuffers = ({ cars, slots, nodeCount }: Network): FillBuffers => ({
  candidates: new Int32Array(cars.count),
  keys: new Int32Array(cars.count),
  sorted: new Int32Array(cars.count),
  counts: new Int32Array(slots * STEPS + 2),
  demand: new Int32Array(nodeCount),
})

/** Gives a car energy in a slot, and keeps the bit sets true. */
export const give = ({ cars, slotWords }: Network, position: number, at: { readonly slot: number; readonly amount: number }): void =>
  giveAt(cars, slotWords, position, at.slot, at.amount)

const giveAt = (cars: Network['cars'], slotWords: number, position: number, slot: number, amount: number): void => {
  const pair = cars.offset[position]! + slot
  const energy = cars.energy[pair]! + amount
  cars.energy[pair] = energy
  const [at, bit] = [slot * cars.words + (position >>> 5), 1 << (position & 31)]
  const [own, slotBit] = [position * slotWords + (slot >>> 5), 1 << (slot & 31)]
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

/** Cars that still want energy and can take some in a slot; adds what they could take to the demand of their nodes. */
const collect = ({ cars }: Network, slot: number, buffers: FillBuffers): number => {
  const { words, slackAt, unmet, energy, offset, power, left, node } = cars
  const { candidates, demand } = buffers
  let count = 0
  for (let word = 0; word < words; word++) {
    for (let bits = slackAt[slot * words + word]! & unmet[word]!; bits !== 0; bits &= bits - 1) {
      const position = word * 32 + 31 - Math.clz32(bits & -bits)
      candidates[count++] = position
      const most = power[position]! - energy[offset[position]! + slot]!
      demand[node[position]!]! += most < left[position]! ? most : left[position]!
    }
  }
  return count
}

/** Sums the demand up the tree; true when it fits everywhere. The demand is kept only then. */
const fits = ({ nodeCount, parent, slots, cap, flow }: Network, slot: number, at: { demand: Int32Array; room: number }): boolean => {
  const { demand, room } = at
  let fit = true
  for (let node = nodeCount - 1; node > 0; node--) {
    const wanted = demand[node]!
    if (wanted === 0) continue
    if (wanted > cap[node * slots + slot]! - flow[node * slots + slot]!) fit = false
    demand[parent[node]!]! += wanted
  }
  if (demand[0]! > room) fit = false
  if (fit) for (let node = 0; node < nodeCount; node++) flow[node * slots + slot]! += demand[node]!
  demand.fill(0)
  return fit
}

/** Candidates in rising order of laxity: slots that are left to them beyond what they need. */
const byLaxity = ({ cars, slots }: Network, count: number, buffers: FillBuffers): Int32Array => {
  const { candidates, keys, sorted, counts } = buffers
  const { later, left, power } = cars
  counts.fill(0)
  for (let index = 0; index < count; index++) {
    const position = candidates[index]!
    const laxity = Math.floor((later[position]! - left[position]! / power[position]!) * STEPS)
    const key = laxity < 0 ? 0 : laxity > slots * STEPS ? slots * STEPS : laxity
    keys[index] = key
    counts[key + 1]!++
  }
  for (let key = 1; key < counts.length; key++) counts[key]! += counts[key - 1]!
  for (let index = 0; index < count; index++) sorted[counts[keys[index]!]!++] = candidates[index]!
  return sorted
}

const take = ({ cars }: Network, position: number, amount: number): void => {
  cars.left[position]! -= amount
  if (cars.left[position] === 0) cars.unmet[position >>> 5]! &= ~(1 << (position & 31))
}

const fillAll = (network: Network, slot: number, at: { candidates: Int32Array; count: number }): void => {
  const { cars, slotWords } = network
  for (let index = 0; index < at.count; index++) {
    const position = at.candidates[index]!
    const most = cars.power[position]! - cars.energy[cars.offset[position]! + slot]!
    const amount = most < cars.left[position]! ? most : cars.left[position]!
    giveAt(cars, slotWords, position, slot, amount)
    take(network, position, amount)
  }
}

const fillInOrder = (network: Network, slot: number, at: { order: Int32Array; count: number; room: number }): number => {
  const { cars, slotWords, parent, slots, cap, flow } = network
  let room = at.room
  for (let index = 0; index < at.count && room > 0; index++) {
    const position = at.order[index]!
    let amount = Math.min(cars.power[position]! - cars.energy[cars.offset[position]! + slot]!, cars.left[position]!, room)
    for (let node = cars.node[position]!; node > 0; node = parent[node]!) {
      const free = cap[node * slots + slot]! - flow[node * slots + slot]!
      if (free < amount) amount = free
    }
    if (amount <= 0) continue
    for (let node = cars.node[position]!; node >= 0; node = parent[node]!) flow[node * slots + slot]! += amount
    room -= amount
    giveAt(cars, slotWords, position, slot, amount)
    take(network, position, amount)
  }
  return at.room - room
}

/**
 * Gives the energy of one price segment of a slot to the cars that want it, those with the least laxity first where it does not
 * do for all. @returns Wh given
 */
export const greedyFill = (network: Network, entry: number, buffers: FillBuffers): number => {
  const { market, cars } = network
  const slot = Math.floor(entry / market.segments)
  const isLast = entry % market.segments === market.segments - 1
  const room = roomOf(network, entry)
  const count = room > 0 || isLast ? collect(network, slot, buffers) : 0
  if (count === 0) return 0
  if (isLast) for (let index = 0; index < count; index++) cars.later[buffers.candidates[index]!]!--
  if (room <= 0) {
    buffers.demand.fill(0)
    return 0
  }
  const before = network.flow[slot]!
  if (fits(network, slot, { demand: buffers.demand, room })) {
    fillAll(network, slot, { candidates: buffers.candidates, count })
    return network.flow[slot]! - before
  }
  return fillInOrder(network, slot, { order: byLaxity(network, count, buffers), count, room })
}
