import { blockingFlow } from './blocking-flow.ts'
import { highestOf, type Network } from './network.ts'
import { roomOf } from './price-levels.ts'
import { aimAt, reopen, searchBack } from './residual-search.ts'
import { setFlow } from './set-flow.ts'

/** The segments of a level that the site can still use; their slots get what they have room for. */
const openEntries = (network: Network, level: number): number[] => {
  const { market, search, labels } = network
  const open: number[] = []
  search.roomLeft = 0
  for (const entry of market.levelEntries[level]!) {
    const slot = Math.floor(entry / market.segments)
    const room = roomOf(network, entry)
    if (room <= 0 || labels.nodeLevel[slot] !== -1) continue
    search.room[slot] = room
    search.roomLeft += room
    open.push(entry)
  }
  return open
}

/** What waits at a slot of the site that has room needs no way. @returns Wh sent */
const sendDirectly = (network: Network, open: readonly number[]): number => {
  const { market, search, flow } = network
  let sent = 0
  for (const entry of open) {
    const slot = Math.floor(entry / market.segments)
    const amount = search.excessAt === slot ? Math.min(search.excess, search.room[slot]!) : 0
    search.excess -= amount
    search.room[slot]! -= amount
    search.roomLeft -= amount
    setFlow(network, slot, flow[slot]! + amount)
    sent += amount
  }
  return sent
}

/** Books what has arrived in each slot as flow to the market. */
const settle = (network: Network, open: readonly number[]): void => {
  for (const entry of open) {
    const slot = Math.floor(entry / network.market.segments)
    setFlow(network, slot, network.flow[slot]! + roomOf(network, entry) - network.search.room[slot]!)
  }
}

const labelCars = ({ labels }: Network, level: number, { word, set }: { readonly word: number; readonly set: number }): void => {
  for (let rest = set; rest !== 0; ) {
    const bit = highestOf(rest)
    rest ^= 1 << bit
    const position = word * 32 + bit
    labels.carLevel[position] = level
    labels.log[labels.logged++] = ~position
  }
}

const labelSlots = (
  { labels, slots, slotWords }: Network,
  level: number,
  { word, set }: { readonly word: number; readonly set: number },
): void => {
  const at = word % slotWords
  const begin = ((word - at) / slotWords) * slots + at * 32
  for (let rest = set; rest !== 0; ) {
    const bit = highestOf(rest)
    rest ^= 1 << bit
    const vertex = begin + bit
    labels.nodeLevel[vertex] = level
    labels.log[labels.logged++] = vertex
  }
}

/** Gives the level to all that the last search has visited: they can reach it, and nothing cheaper. */
const labelVisited = (network: Network, level: number): void => {
  const { layers, depth } = network.search
  for (let at = 0; at <= depth; at++) {
    const { cars, slots, carWords, carWordCount } = layers[at]!
    for (let word = 0; word < slots.length; word++) if (slots[word] !== 0) labelSlots(network, level, { word, set: slots[word]! })
    for (let place = 0; place < carWordCount; place++) labelCars(network, level, { word: carWords[place]!, set: cars[carWords[place]!]! })
  }
}

/** Sends what can still be sent to a level; then labels what can reach it. @returns Wh sent */
const sweepLevel = (network: Network, level: number, wanted: number): number => {
  let sent = 0
  for (;;) {
    const open = openEntries(network, level)
    if (open.length === 0) return sent
    const direct = sendDirectly(network, open)
    sent += direct
    if (sent >= wanted) return sent
    if (direct > 0) continue
    const slots = open.map((entry) => Math.floor(entry / network.market.segments))
    aimAt(network, slots)
    if (!searchBack(network)) break
    sent += blockingFlow(network)
    settle(network, open)
    reopen(network)
    if (sent >= wanted) return sent
  }
  labelVisited(network, level)
  return sent
}

/**
 * Sends energy from cars that want it, and from nodes with excess, to ever dearer levels, from the labels' frontier on, until
 * `wanted` Wh have been sent: successive shortest paths, where only the arcs to the market have a price. What can reach a level
 * when nothing more can be sent there will never be on the way of anything again (its part of the cut only grows), so every
 * vertex is searched without success only once in all.
 * @returns Wh sent
 */
export const sweepLevels = (network: Network, wanted: number, below = network.market.levelPrice.length): number => {
  const { labels } = network
  let sent = 0
  while (sent < wanted && labels.frontier < below) {
    sent += sweepLevel(network, labels.frontier, wanted - sent)
    if (sent < wanted) labels.frontier++
  }
  return sent
}

/** Labels what is left, when everything has been sent. */
export const completeLabels = (network: Network): void => {
  sweepLevels(network, Number.POSITIVE_INFINITY)
}

/** Takes the labels from a level on back. */
export const unlabel = ({ labels, nodeOf, slotOf, slotWords }: Network, level: number): void => {
  const { marks, nodeLevel, carLevel, log } = labels
  while (labels.logged > 0) {
    const vertex = log[labels.logged - 1]!
    if ((vertex < 0 ? carLevel[~vertex]! : nodeLevel[vertex]!) < level) break
    labels.logged--
    if (vertex < 0) {
      carLevel[~vertex] = -1
      marks.cars[~vertex >>> 5]! |= 1 << (~vertex & 31)
    } else {
      const slot = slotOf[vertex]!
      nodeLevel[vertex] = -1
      marks.slots[nodeOf[vertex]! * slotWords + (slot >>> 5)]! |= 1 << (slot & 31)
    }
  }
  if (level < labels.frontier) labels.frontier = level
}
