import { setLeft } from './ask-for.ts'
import { windowWord } from './build-network.ts'
import type { Network } from './network.ts'
import { lowestLabel, pull, push } from './shift-flow.ts'
import { type SiteCar, whPerSlot } from './site-problem.ts'
import type { SolverState } from './site-solver.ts'

const longer = (array: Int32Array, length: number, filler = 0): Int32Array => {
  const grown = new Int32Array(length)
  if (filler !== 0) grown.fill(filler, array.length)
  grown.set(array)
  return grown
}

const wider = (sets: Int32Array, slots: number, words: { readonly from: number; readonly to: number }): Int32Array => {
  const grown = new Int32Array(slots * words.to)
  for (let slot = 0; slot < slots; slot++) grown.set(sets.subarray(slot * words.from, (slot + 1) * words.from), slot * words.to)
  return grown
}

/** Room for half as many cars again. */
const growCars = ({ cars, search, labels, slots, slotWords, nodeCount }: Network): void => {
  const words = cars.words + Math.max(8, cars.words >>> 1)
  const [positions, vertices] = [words * 32, nodeCount * slots]
  for (const column of ['number', 'node', 'arrive', 'depart', 'power', 'left', 'offset'] as const)
    cars[column] = longer(cars[column], positions)
  for (const set of ['carSlack', 'carFlow'] as const) cars[set] = longer(cars[set], positions * slotWords)
  for (const set of ['slackAt', 'flowAt'] as const) cars[set] = wider(cars[set], slots, { from: cars.words, to: words })
  cars.unmet = longer(cars.unmet, words)
  cars.words = words
  // Layers are made anew at their next use.
  search.layers.length = 0
  for (const list of ['found', 'path', 'residuals'] as const) search[list] = longer(search[list], vertices + positions)
  labels.carLevel = longer(labels.carLevel, positions, -1)
  labels.log = longer(labels.log, vertices + positions)
  labels.marks.cars = longer(labels.marks.cars, words, -1)
}

/** A new position, made known to its node. */
const openPosition = (network: Network, node: number): number => {
  const { cars } = network
  if (cars.count === cars.words * 32) growCars(network)
  const position = cars.count++
  const { chunks } = cars
  const [head, word, bit] = [chunks.head[node]!, position >>> 5, 1 << (position & 31)]
  if (head >= 0 && chunks.word[head] === word) chunks.mask[head]! |= bit
  else {
    if (chunks.count === chunks.next.length) {
      const length = chunks.count * 2
      for (const list of ['next', 'word', 'mask'] as const) chunks[list] = longer(chunks[list], length)
    }
    const chunk = chunks.count++
    chunks.word[chunk] = word
    chunks.mask[chunk] = bit
    chunks.next[chunk] = head
    chunks.head[node] = chunk
  }
  return position
}

/** A position at the car's node with room for its slots: one that another car has left, or a new one. */
const settleDown = (state: SolverState, { node, arriveSlot, departSlot }: SiteCar): number => {
  const { network, vacant } = state
  const { cars } = network
  const length = departSlot - arriveSlot
  const left = vacant.get(node)
  const reusable = left?.findIndex((place) => place.length >= length) ?? -1
  if (left && reusable >= 0) {
    const { position, pairs } = left.splice(reusable, 1)[0]!
    cars.offset[position] = pairs - arriveSlot
    return position
  }
  const position = openPosition(network, node)
  cars.offset[position] = cars.energyCount - arriveSlot
  cars.energyCount += length
  if (cars.energyCount > cars.energy.length) cars.energy = longer(cars.energy, Math.ceil(cars.energyCount * 1.5))
  return position
}

const setWindow = ({ cars, slotWords }: Network, position: number, isOpen: boolean): void => {
  const [arrive, depart] = [cars.arrive[position]!, cars.depart[position]!]
  for (let word = 0; word < slotWords; word++) cars.carSlack[position * slotWords + word] = isOpen ? windowWord(word, arrive, depart) : 0
  const bit = 1 << (position & 31)
  for (let slot = arrive; slot < depart; slot++) {
    const at = slot * cars.words + (position >>> 5)
    cars.slackAt[at] = isOpen ? cars.slackAt[at]! | bit : cars.slackAt[at]! & ~bit
  }
}

const deliveredTo = ({ cars }: Network, position: number): number => {
  let delivered = 0
  const offset = cars.offset[position]!
  for (let slot = cars.arrive[position]!; slot < cars.depart[position]!; slot++) delivered += cars.energy[offset + slot]!
  return delivered
}

/** Plugs a car in under its number and gives it the cheapest energy that can be had; the others only move to make room. */
export const plugIn = (state: SolverState, number: number, car: SiteCar): void => {
  const { network } = state
  const { cars, labels } = network
  const position = settleDown(state, car)
  cars.number[position] = number
  cars.node[position] = car.node
  cars.arrive[position] = car.arriveSlot
  cars.depart[position] = car.departSlot
  cars.power[position] = whPerSlot(car.maxPower, state.site.slotLength)
  state.cars[number] = car
  if (number >= state.positions.length) state.positions = longer(state.positions, number + (number >>> 1) + 8, -1)
  state.positions[number] = position
  state.needed += car.need
  if (cars.power[position] === 0) return
  setWindow(network, position, true)
  setLeft(network, position, Math.min(car.need, cars.power[position]! * (car.departSlot - car.arriveSlot)))
  // A position that was used before may still carry the label of the car that left.
  const earlier = labels.carLevel[position]!
  const lowest = lowestLabel(network, position)
  push(network, earlier >= 0 && earlier < lowest ? earlier : lowest, cars.left[position]!)
}

/** Takes a car out: what it would have had goes to cars that lack energy, and else is saved where it was dearest. */
export const plugOut = (state: SolverState, number: number): void => {
  const { network } = state
  const { cars } = network
  const position = state.positions[number]!
  const car = state.cars[number]!
  setLeft(network, position, 0)
  pull(network, ~position, { wanted: deliveredTo(network, position), floor: -1 })
  setWindow(network, position, false)
  const place = { position, pairs: cars.offset[position]! + car.arriveSlot, length: car.departSlot - car.arriveSlot }
  const left = state.vacant.get(car.node)
  if (left) left.push(place)
  else state.vacant.set(car.node, [place])
  state.cars[number] = undefined
  state.needed -= car.need
}

/** Changes what a car asks for; its window, power and node stay. */
export const changeNeed = (state: SolverState, number: number, need: SiteCar['need']): void => {
  const { network } = state
  const { cars, labels } = network
  const position = state.positions[number]!
  const car = state.cars[number]!
  state.cars[number] = { ...car, need }
  state.needed += need - car.need
  const most = cars.power[position]! * (car.departSlot - car.arriveSlot)
  const more = Math.min(need, most) - Math.min(car.need, most)
  const left = cars.left[position]!
  if (more > 0) {
    setLeft(network, position, left + more)
    const level = labels.carLevel[position]!
    push(network, level >= 0 ? level : labels.frontier, more)
  } else {
    setLeft(network, position, Math.max(0, left + more))
    if (left + more < 0) pull(network, ~position, { wanted: -more - left, floor: -1 })
  }
}
