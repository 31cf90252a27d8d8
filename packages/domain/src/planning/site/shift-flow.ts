import { blockingFlow } from './blocking-flow.ts'
import type { Network } from './network.ts'
import { dearestOf } from './price-levels.ts'
import { aimAt, reopen, searchBack } from './residual-search.ts'
import { setFlow } from './set-flow.ts'
import { sweepLevels, unlabel } from './sweep-levels.ts'

/** Where energy that was taken back came from: a price level, or `SHORTFALL` for cars that now lack less. */
const SHORTFALL = Number.POSITIVE_INFINITY

/** Sends from a source, labelled at `level` before, to the cheapest levels that it can reach. @returns Wh sent */
export const push = (network: Network, level: number, wanted: number): number => {
  if (wanted === 0) return 0
  unlabel(network, level)
  return sweepLevels(network, wanted)
}

/** The lowest label that a car could use: energy for it can come from no cheaper level. */
export const lowestLabel = ({ cars, labels, slots, market }: Network, position: number): number => {
  const node = cars.node[position]!
  let lowest = Math.min(labels.frontier, market.levelPrice.length)
  for (let slot = cars.arrive[position]!; slot < cars.depart[position]!; slot++) {
    const level = labels.nodeLevel[node * slots + slot]!
    if (level >= 0 && level < lowest) lowest = level
  }
  return lowest
}

interface Dearest {
  readonly slot: number
  readonly depth: number
  readonly level: number
  readonly amount: number
}

/** The dearest slot of the site that the last search has visited. */
const dearestVisited = (network: Network): Dearest | undefined => {
  const { search, slotWords } = network
  let dearest: Dearest | undefined
  for (let depth = 0; depth <= search.depth; depth++)
    for (let word = 0; word < slotWords; word++)
      for (let rest = search.layers[depth]!.slots[word]!; rest !== 0; rest &= rest - 1) {
        const slot = word * 32 + 31 - Math.clz32(rest & -rest)
        const used = dearestOf(network, slot)
        if (used && (dearest === undefined || used.level > dearest.level)) dearest = { slot, depth, ...used }
      }
  return dearest
}

export interface Pulling {
  readonly wanted: number
  readonly floor: number
  readonly once?: boolean
}
export interface Taken {
  readonly amount: number
  readonly level: number
}

/** A level from which energy can be taken back by the straight way, so that what is taken comes from there or from a dearer one. */
const nearestLevel = (network: Network, target: number): number => {
  const { cars, slots, flow } = network
  if (target >= 0) return flow[target]! > 0 ? (dearestOf(network, target % slots)?.level ?? 0) : 0
  let level = 0
  for (let slot = cars.arrive[~target]!; slot < cars.depart[~target]!; slot++) {
    if (cars.energy[cars.offset[~target]! + slot] === 0) continue
    level = Math.max(level, dearestOf(network, slot)?.level ?? 0)
  }
  return level
}

/** What is dearer than the cheapest level that a car can still reach cannot come to it: it would go there itself. */
const ceilingOf = ({ labels }: Network, position: number): number => {
  const level = labels.carLevel[position]!
  return level >= 0 ? level : SHORTFALL
}

/** One step of `pull`: from wanting cars if there are any in reach, else from the dearest slot above `floor`. */
const pullOnce = (network: Network, target: number, at: Pulling & { readonly ceiling: number }) => {
  const { search, flow } = network
  search.roomLeft = at.wanted
  if (target < 0) search.carRoom = at.wanted
  else search.room[target] = at.wanted
  // What can still reach a level below it is on no way from a dearer one: it stays labelled, and closed.
  unlabel(network, Math.max(at.floor + 1, nearestLevel(network, target)))
  aimAt(network, [target])
  let level = SHORTFALL
  let sent = 0
  if (searchBack(network, at.ceiling)) sent = blockingFlow(network)
  else {
    const dearest = dearestVisited(network)
    if (dearest && dearest.level > at.floor) {
      const { slot, depth } = dearest
      const offered = Math.min(dearest.amount, at.wanted)
      level = dearest.level
      search.excess = offered
      search.excessAt = slot
      search.found[search.foundCount++] = slot
      sent = slot === target ? drainTarget(network, slot, offered) : blockingFlow(network, depth)
      search.excess = 0
      setFlow(network, slot, flow[slot]! - sent)
    }
  }
  reopen(network)
  return { sent, level }
}

/** The target is itself the dearest slot: what flows out of it is taken back where it stands. */
const drainTarget = ({ search }: Network, slot: number, amount: number): number => {
  search.room[slot]! -= amount
  return amount
}

/**
 * Takes energy back to a vertex that no longer sends it, or can send it on for less: first to the good of cars that lack some,
 * then from the dearest slots; each step leaves the best flow for what is sent. A car is `~position`.
 * @param at floor: only from levels above this one; once: only one step, from one level
 * @returns Wh taken, and the lowest level that they came from
 */
export const pull = (network: Network, target: number, at: Pulling): Taken => {
  const taken = { amount: 0, level: SHORTFALL }
  let ceiling = target < 0 ? ceilingOf(network, ~target) : SHORTFALL
  while (taken.amount < at.wanted) {
    const { sent, level } = pullOnce(network, target, { ...at, wanted: at.wanted - taken.amount, ceiling })
    // What can reach the target becomes less with every step, so that no later one comes from a dearer level.
    ceiling = Math.min(ceiling, level)
    if (sent === 0) break
    taken.amount += sent
    taken.level = Math.min(taken.level, level)
    if (at.once) break
  }
  if (taken.level !== SHORTFALL) unlabel(network, taken.level)
  return taken
}
