import type { ChargePiece } from './charge-pieces.ts'
import { type Found, isBetter, isHopeless, type Rank, type SearchSetting, unitOf } from './search-setting.ts'

/** Rounding of floating point in times. */
const HAIR = 1e-6

interface Finish extends Rank {
  readonly cell: number
  readonly state: number
  /** The state that is reached. */
  readonly target: number
}

interface Sweep {
  /** By cell: the state before it for each state after it; none where nothing moves. */
  readonly came: (Int32Array | undefined)[]
  /** By cell: where the plans that have charged nothing before it began. */
  readonly startOf: Int32Array
  /** The best way to each of the states that count as complete, in their order. */
  readonly finishes: (Finish | undefined)[]
}

/** What is lifted over a cell: for each state after it, the best state before it from which the time suffices. O(states), by a rising queue. */
const moveOver = (
  value: Float64Array,
  next: Float64Array,
  cell: { times: Float64Array; energies: Float64Array; ms: number; unit: number },
) => {
  const { times, energies, ms, unit } = cell
  const states = value.length
  const came = new Int32Array(states)
  const queue = new Int32Array(states)
  let [front, back] = [0, 0]
  for (let state = 0; state < states; state++) {
    const key = value[state]! - unit * energies[state]!
    while (back > front && value[queue[back - 1]!]! - unit * energies[queue[back - 1]!]! > key) back--
    queue[back++] = state
    while (queue[front]! < state && !(times[state]! - times[queue[front]!]! <= ms + HAIR)) front++
    const best = queue[front]!
    came[state] = best
    next[state] = best === state ? value[state]! : value[best]! + unit * (energies[state]! - energies[best]!)
  }
  return came
}

/** @param targets states that count as complete */
const sweep = (setting: SearchSetting, targets: readonly number[]): Sweep => {
  const { cells, table, goal, weights, fixedAt, minutesTo, weighsAt, minimum, cap } = setting
  const { energies, timesAt } = table
  const last = energies.length - 1
  const result: Sweep = { came: [], startOf: new Int32Array(cells.length).fill(-1), finishes: [] }
  let value = new Float64Array(last).fill(Number.POSITIVE_INFINITY)
  let next = new Float64Array(last)
  let started = -1
  for (const [index, cell] of cells.entries()) {
    const { from, to, power } = cell
    if (cell.startsPlan && !(minimum && from >= minimum.by)) {
      const weighed = weights.money * (fixedAt(from) - minutesTo(from))
      // Of equal starts the later: it holds the EVSE for less time.
      if (weighed <= value[0]! + HAIR) [value[0], started] = [weighed, index]
    }
    result.startOf[index] = started
    if (started < 0) continue
    if (power > 0) {
      const [times, unit] = [timesAt(power), unitOf(cell, weights)]
      // Within a cell minutes cost evenly.
      const [first, whole] = [weighsAt(from), weighsAt(to)]
      const rate = (whole - first) / (to - from)
      const least = Math.min(first, whole)
      for (const [place, target] of targets.entries())
        for (let state = target - 1; state >= 0; state--) {
          const lasts = times[target]! - times[state]!
          if (!(lasts <= to - from + HAIR)) break
          if (value[state] === Number.POSITIVE_INFINITY) continue
          const before = value[state]! + unit * (energies[target]! - energies[state]!)
          const end = Math.min(to, from + Math.ceil(lasts - HAIR))
          if (isHopeless(goal, { end, weighed: before + least }, result.finishes[place])) continue
          const weighed = before + (end === to ? whole : first + rate * (end - from))
          if (weighed > cap) continue
          const finish = { cell: index, state, target, start: cells[started]!.from, end, weighed }
          if (isBetter(goal, finish, result.finishes[place])) result.finishes[place] = finish
        }
      result.came[index] = moveOver(value, next, { times, energies, ms: to - from, unit })
      ;[value, next] = [next, value]
    }
    if (minimum?.by === to) value.fill(Number.POSITIVE_INFINITY, 0, firstWith(energies, minimum.energy, last))
  }
  return result
}

const firstWith = (energies: Float64Array, energy: number, most: number): number => {
  let state = 0
  while (state < most && energies[state]! < energy - HAIR) state++
  return state
}

const piecesOf = ({ cells, table }: SearchSetting, { came, startOf }: Sweep, finish: Finish) => {
  const { energies, timesAt } = table
  const pieces: ChargePiece[] = []
  const add = (index: number, before: number, after: number) => {
    const cell = cells[index]!
    const times = timesAt(cell.power)
    // Two energies may be closer than a millisecond: charging is never for none.
    const to = Math.min(cell.to, cell.from + Math.max(1, Math.ceil(times[after]! - times[before]! - HAIR)))
    pieces.push({ cell, from: cell.from, to, energyBefore: energies[before]!, energyAfter: energies[after]! })
  }
  let [state, index] = [finish.state, finish.cell]
  add(index, state, finish.target)
  while (state > 0) {
    index--
    const before = came[index]?.[state] ?? state
    if (before < state) add(index, before, state)
    state = before
  }
  return { start: cells[startOf[index]!]!.from, pieces: pieces.reverse() }
}

/**
 * The best plan of a window that may pause: over every start that a cell offers and every way to give each cell a whole number of
 * the table's steps, by dynamic programming over (cell, energy in). What a cell can add falls as the battery fills, so the states
 * before that reach a state are a window that only moves up, and its least is kept in a queue: O(cells * states), exact on
 * the grid of the table. The energy completes at any moment of the last cell.
 */
export const searchSlots = (setting: SearchSetting): Found | undefined => searchTargets(setting, [setting.table.energies.length - 1])(0)

/** The same for several states of one table, by their place: what is found for one is put together when asked for. */
export const searchTargets = (setting: SearchSetting, targets: readonly number[]): ((place: number) => Found | undefined) => {
  const swept = sweep(setting, targets)
  return (place) => {
    const finish = swept.finishes[place]
    return finish && { end: finish.end, weighed: finish.weighed, ...piecesOf(setting, swept, finish) }
  }
}
