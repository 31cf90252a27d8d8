import { seeded } from '@voltway/units'
import { type Assignment, costOf, put, take, totalOf } from './assignment.ts'
import { type Candidates, candidatesOf, firstFree, WIDTH } from './candidates.ts'
import type { PricedSlots } from './price-slots.ts'

/** Drivers who are moved at once. */
const MOST_MOVED = 24
/** Of so many drivers drawn, the one who is worst off begins. */
const DRAWN = 4
/** Candidates of a driver whose holders are moved too, and of how many of the best they are drawn. */
const WANTED = 2
const DESIRED = 12
/** How often a driver who is placed anew passes over what is free and best. */
const PASSED_OVER = 0.02
/** A worse assignment is taken at first if it is not worse by more than about this share of what a driver costs. */
const TOLERANCE = 0.015
/** Looks per driver from which on there is time to make good what got worse. */
const PATIENT = 40
/** Nothing is left to gain where a plan costs no more than so many times the bound. */
const NEAR_BOUND = 1.00001
const LOOKS_PER_DRIVER = 400
const LOOKS = 3e11
const FEWEST_LOOKS = 2_000
/** Looks between two lists of those who could be better off. */
const REFRESH = 2_000

interface Move {
  readonly assignment: Assignment
  readonly sums: Float64Array
  readonly candidates: Candidates
  readonly random: () => number
  readonly passedOver: number
  /** What each driver would like best when alone: its cost, how long it takes, and the slot in which it begins. */
  readonly least: Float64Array
  readonly length: Int32Array
  readonly start: Int32Array
  /** Who has been taken out, and what they had. */
  readonly out: number[]
  readonly run: number[]
  readonly option: number[]
  readonly isOut: Uint8Array
}

const draw = ({ random }: Move, count: number): number => Math.floor(random() * count)

/** How much more, in cost and price, a driver has than the best at the prices. */
const excessOf = ({ assignment, candidates, sums }: Move, driver: number): number => {
  const { options, run, option, cell } = assignment
  const best = candidates.value[driver * WIDTH]!
  if (run[driver]! < 0) return options.unservedCost - best
  const from = cell[driver]!
  return options.cost[option[driver]!]! + sums[from + options.runLength[run[driver]!]!]! - sums[from]! - best
}

/** Drivers who could be better off. */
const listUneasy = (move: Move): number[] => {
  const uneasy: number[] = []
  for (let driver = 0; driver < move.assignment.options.drivers; driver++)
    if (move.candidates.run[driver * WIDTH]! >= 0 && excessOf(move, driver) > 0) uneasy.push(driver)
  return uneasy
}

const takeOut = ({ assignment, out, run, option, isOut }: Move, driver: number): void => {
  if (isOut[driver] === 1 || out.length >= MOST_MOVED) return
  isOut[driver] = 1
  out.push(driver)
  run.push(assignment.run[driver]!)
  option.push(assignment.option[driver]!)
  take(assignment, driver)
}

/** Takes out those who hold a part of a candidate. */
const clear = (move: Move, index: number): void => {
  const { options, next, run, cell } = move.assignment
  const { runLength } = options
  const wanted = move.candidates.run[index]!
  const from = move.candidates.cell[index]!
  const to = from + runLength[wanted]!
  const head = options.drivers + options.runRow[wanted]!
  for (let other = next[head]!; other !== head && move.out.length < MOST_MOVED; ) {
    const following = next[other]!
    const own = cell[other]!
    if (own < to && own + runLength[run[other]!]! > from) takeOut(move, other)
    other = following
  }
}

/** Takes out a driver, those who hold what it would like, those who hold what these would like, and so on. */
const takeOutAround = (move: Move, driver: number): void => {
  const { candidates, out } = move
  takeOut(move, driver)
  for (let at = 0; at < out.length && out.length < MOST_MOVED; at++)
    for (let count = 0; count < WANTED; count++) {
      const index = out[at]! * WIDTH + draw(move, at === 0 ? DESIRED / 2 : DESIRED)
      if (candidates.run[index]! >= 0) clear(move, index)
    }
}

/** Half of the time by chance, else the longest charges first, or by when they would begin: what is stuck in one order may fit in another. */
const orderOf = (move: Move): readonly number[] => {
  const { length, start } = move
  const order = [...move.out]
  const from = move.random() < 0.5 ? 1 : 0
  for (let at = order.length - 1; at > from; at--) {
    const other = from + draw(move, at + 1 - from)
    const driver = order[at]!
    order[at] = order[other]!
    order[other] = driver
  }
  const dice = move.random()
  if (dice < 0.25) return order.sort((a, b) => length[b]! - length[a]!)
  if (dice < 0.4) return order.sort((a, b) => start[a]! - start[b]!)
  if (dice < 0.5) return order.sort((a, b) => start[b]! - start[a]!)
  return order
}

/** Gives everybody who is out a free option, one after the other. @returns whether they cost no more than `most` together */
const putBack = (move: Move, order: readonly number[], most: number): boolean => {
  const { assignment, least } = move
  // Those who are still out cost at least what they would when alone.
  let cost = order.reduce((sum, driver) => sum + least[driver]!, 0)
  for (const driver of order) {
    const choice = firstFree(assignment, driver, move)
    if (choice.run >= 0) put(assignment, driver, choice)
    cost += costOf(assignment, driver) - least[driver]!
    if (cost > most) return false
  }
  return true
}

const undo = ({ assignment, out, run, option }: Move): void => {
  for (const driver of out) take(assignment, driver)
  for (const [at, driver] of out.entries()) if (run[at]! >= 0) put(assignment, driver, { run: run[at]!, option: option[at]! })
}

const tryMove = (move: Move, uneasy: readonly number[], tolerance: number): void => {
  const { assignment, out, isOut } = move
  const { cost, unservedCost } = assignment.options
  let worst = uneasy[draw(move, uneasy.length)]!
  for (let drawn = 1; drawn < DRAWN; drawn++) {
    const other = uneasy[draw(move, uneasy.length)]!
    if (excessOf(move, other) > excessOf(move, worst)) worst = other
  }
  takeOutAround(move, worst)
  const before = move.option.reduce((sum, option) => sum + (option < 0 ? unservedCost : cost[option]!), 0)
  if (!putBack(move, orderOf(move), before - tolerance * Math.log(1 - move.random()))) undo(move)
  for (const driver of out) isOut[driver] = 0
  out.length = 0
  move.run.length = 0
  move.option.length = 0
}

/** The choices of an assignment, to come back to. */
const choicesOf = ({ run, option }: Assignment) => ({ run: Int32Array.from(run), option: Int32Array.from(option) })

const restore = (assignment: Assignment, choices: ReturnType<typeof choicesOf>): void => {
  const { drivers } = assignment.options
  for (let driver = 0; driver < drivers; driver++) take(assignment, driver)
  for (let driver = 0; driver < drivers; driver++)
    if (choices.run[driver]! >= 0) put(assignment, driver, { run: choices.run[driver]!, option: choices.option[driver]! })
}

const openMove = (assignment: Assignment, sums: Float64Array): Move => {
  const { options } = assignment
  const { drivers, runs, runLeast, runLength, runCell, stride, unservedCost } = options
  const columns = { least: new Float64Array(drivers), length: new Int32Array(drivers), start: new Int32Array(drivers) }
  for (let driver = 0; driver < drivers; driver++) {
    const run = runs[driver]!
    const hasAny = run < runs[driver + 1]!
    columns.least[driver] = hasAny ? runLeast[run]! : unservedCost
    columns.length[driver] = hasAny ? runLength[run]! : 0
    columns.start[driver] = hasAny ? runCell[run]! % stride : 0
  }
  const candidates = candidatesOf(options, sums)
  const moved = { out: [], run: [], option: [], isOut: new Uint8Array(drivers) }
  return { assignment, sums, candidates, random: seeded(1), passedOver: PASSED_OVER, ...columns, ...moved }
}

/**
 * Improves an assignment: again and again a driver who could be better off and those in the way are taken out and placed anew, and that is
 * kept where it costs less (large neighbourhood search, Shaw 1998; at first also where it costs a little more). The number of looks
 * depends on the size alone and chance is seeded, so that the same problem has the same plan.
 */
export const moveGroups = (assignment: Assignment, { sums, bound }: Pick<PricedSlots, 'sums' | 'bound'>): void => {
  const { options } = assignment
  const { drivers } = options
  const move = openMove(assignment, sums)
  const looks = Math.min(LOOKS_PER_DRIVER * drivers, Math.max(FEWEST_LOOKS, Math.floor(LOOKS / Math.max(1, drivers) ** 2)))
  const patience = Math.min(1, looks / (PATIENT * Math.max(1, drivers)))
  const tolerance = (patience * TOLERANCE * totalOf(assignment)) / Math.max(1, drivers)
  let kept = { total: totalOf(assignment), choices: choicesOf(assignment) }
  let uneasy: readonly number[] = []
  for (let look = 0; look < looks; look++) {
    if (look % REFRESH === 0) uneasy = listUneasy(move)
    if (uneasy.length === 0) break
    tryMove(move, uneasy, tolerance * (1 - look / looks))
    if ((look + 1) % REFRESH !== 0 && look + 1 < looks) continue
    const total = totalOf(assignment)
    if (total < kept.total) kept = { total, choices: choicesOf(assignment) }
    if (total <= bound * NEAR_BOUND) break
  }
  if (totalOf(assignment) > kept.total) restore(assignment, kept.choices)
}
