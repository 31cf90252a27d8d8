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

/** Energy for a car in a slot. */
export interface Gift {
  readonly slot: number
  readonly amount: number
}

/** Gives a car energy in a slot, or takes it back, and keeps the bit sets true. */
export const give = ({ cars, slotWords }: Network, position: number, { slot, amount }: Gift): void => {
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

/** Gives a car that wants it more energy in a slot: the short form of `give` for what is done most often. */
const fillCar = ({ cars, slotWords }: Network, position: number, { slot, amount }: Gift): void => {
  const pair = cars.offset[position]! + slot
  const energy = cars.energy[pair]! + amount
  const [word, bit] = [position >>> 5, 1 << (position & 31)]
  const [own, slotBit] = [position * slotWords + (slot >>> 5), 1 << (slot & 31)]
  cars.energy[pair] = energy
  cars.flowAt[slot * cars.words + word]! |= bit
  cars.carFlow[own]! |= slotBit
  if (energy === cars.power[position]) {
    cars.slackAt[slot * cars.words + word]! &= ~bit
    cars.carSlack[own]! &= ~slotBit
  }
  cars.left[position]! -= amount
  if (cars.left[position] === 0) cars.unmet[word]! &= ~bit
}

/**
 * Cars that still want energy and can take some in a slot, with their laxity: slots that are left to them beyond what they
 * need. Adds what they could take to the demand of their nodes.
 */
const collect = ({ cars, slots }: Network, slot: number, at: { readonly buffers: FillBuffers; readonly isLast: boolean }): number => {
  const { words, slackAt, unmet, energy, offset, power, left, later, node } = cars
  const { candidates, demand, keys, counts } = at.buffers
  const [spent, most] = [at.isLast ? 1 : 0, slots * STEPS]
  let count = 0
  counts.fill(0)
  for (let word = 0; word < words; word++) {
    for (let bits = slackAt[slot * words + word]! & unmet[word]!; bits !== 0; bits &= bits - 1) {
      const position = word * 32 + 31 - Math.clz32(bits & -bits)
      const [own, wanted] = [power[position]!, left[position]!]
      const free = own - energy[offset[position]! + slot]!
      demand[node[position]!]! += free < wanted ? free : wanted
      const remaining = later[position]! - spent
      later[position] = remaining
      const laxity = ((remaining - wanted / own) * STEPS) | 0
      const key = laxity < 0 ? 0 : laxity > most ? most : laxity
      keys[count] = key
      counts[key + 1]!++
      candidates[count++] = position
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

/** Candidates in rising order of laxity. */
const byLaxity = (count: number, { candidates, keys, sorted, counts }: FillBuffers): Int32Array => {
  for (let key = 1; key < counts.length; key++) counts[key]! += counts[key - 1]!
  for (let index = 0; index < count; index++) sorted[counts[keys[index]!]!++] = candidates[index]!
  return sorted
}

const fillAll = (network: Network, slot: number, at: { candidates: Int32Array; count: number }): void => {
  const { cars } = network
  for (let index = 0; index < at.count; index++) {
    const position = at.candidates[index]!
    const most = cars.power[position]! - cars.energy[cars.offset[position]! + slot]!
    const amount = most < cars.left[position]! ? most : cars.left[position]!
    fillCar(network, position, { slot, amount })
  }
}

const fillInOrder = (network: Network, slot: number, at: { order: Int32Array; count: number; room: number }): number => {
  const { cars, parent, slots, cap, flow } = network
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
    fillCar(network, position, { slot, amount })
  }
  return at.room - room
}

/**
 * Gives the energy of one price segment of a slot to the cars that want it, those with the least laxity first where it does not
 * do for all. @returns Wh given
 */
export const greedyFill = (network: Network, entry: number, buffers: FillBuffers): number => {
  const { market } = network
  const slot = Math.floor(entry / market.segments)
  const isLast = entry % market.segments === market.segments - 1
  const room = roomOf(network, entry)
  const count = room > 0 || isLast ? collect(network, slot, { buffers, isLast }) : 0
  if (count === 0 || room <= 0) {
    buffers.demand.fill(0)
    return 0
  }
  const before = network.flow[slot]!
  if (fits(network, slot, { demand: buffers.demand, room })) {
    fillAll(network, slot, { candidates: buffers.candidates, count })
    return network.flow[slot]! - before
  }
  return fillInOrder(network, slot, { order: byLaxity(count, buffers), count, room })
}
