import { seeded } from '@voltway/units'
import { type Assignment, bestFree, cellOf, costOf, put, take, totalOf } from './assignment.ts'
import { type Candidates, candidatesOf, WIDTH } from './candidates.ts'

/** Drivers who are moved at once. */
const MOST_MOVED = 18
/** Of so many drivers drawn, the one who is worst off begins. */
const DRAWN = 4
/** Candidates of a driver whose holders are moved too. */
const WANTED = 3
/** A worse assignment is taken at first if it is not worse by more than about this share of what a driver costs. */
const TOLERANCE = 0.005
const LOOKS_PER_DRIVER = 120
const LOOKS = 3e9
const FEWEST_LOOKS = 2_000
/** Looks between two lists of those who could be better off. */
const REFRESH = 2_000

interface Move {
  readonly assignment: Assignment
  readonly sums: Float64Array
  readonly candidates: Candidates
  readonly random: () => number
  /** Who has been taken out, and what they had. */
  readonly out: number[]
  readonly run: number[]
  readonly option: number[]
  readonly isOut: Uint8Array
}

const draw = ({ random }: Move, count: number): number => Math.floor(random() * count)

/** How much more, in cost and price, a driver has than the best at the prices. */
const excessOf = ({ assignment, candidates, sums }: Move, driver: number): number => {
  const { options, run, option } = assignment
  const best = candidates.value[driver * WIDTH]!
  if (run[driver]! < 0) return options.unservedCost - best
  const cell = cellOf(options, run[driver]!, option[driver]!)
  return options.cost[option[driver]!]! + sums[cell + options.runLength[run[driver]!]!]! - sums[cell]! - best
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

/** Takes out everyone who holds a part of an option. */
const clear = (move: Move, choice: { readonly run: number; readonly option: number }): void => {
  const { options, next, run, option } = move.assignment
  const from = cellOf(options, choice.run, choice.option)
  const to = from + options.runLength[choice.run]!
  const head = options.drivers + options.runRow[choice.run]!
  for (let other = next[head]!; other !== head; ) {
    const following = next[other]!
    const own = cellOf(options, run[other]!, option[other]!)
    if (own < to && own + options.runLength[run[other]!]! > from) takeOut(move, other)
    other = following
  }
}

/** Takes out a driver, those who hold what it would like, those who hold what these would like, and so on. */
const takeOutAround = (move: Move, driver: number): void => {
  const { candidates, out } = move
  takeOut(move, driver)
  for (let at = 0; at < out.length && out.length < MOST_MOVED; at++)
    for (let count = 0; count < WANTED; count++) {
      const index = out[at]! * WIDTH + draw(move, at === 0 ? WIDTH / 2 : WIDTH)
      if (candidates.run[index]! >= 0) clear(move, { run: candidates.run[index]!, option: candidates.option[index]! })
    }
}

/** Those who were taken out in an order by chance, half of the time with the one who began first. */
const orderOf = (move: Move): readonly number[] => {
  const order = [...move.out]
  const from = move.random() < 0.5 ? 1 : 0
  for (let at = order.length - 1; at > from; at--) {
    const other = from + draw(move, at + 1 - from)
    const driver = order[at]!
    order[at] = order[other]!
    order[other] = driver
  }
  return order
}

/** Gives everybody who is out the best free option, one after the other. @returns whether they cost no more than `most` together */
const putBack = ({ assignment, sums }: Move, order: readonly number[], most: number): boolean => {
  let cost = 0
  for (const driver of order) {
    const choice = bestFree(assignment, driver, { sums, below: Number.POSITIVE_INFINITY })
    if (choice.run >= 0) put(assignment, driver, choice)
    cost += costOf(assignment, driver)
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

/**
 * Improves an assignment: again and again a driver who could be better off and those in the way are taken out and placed anew, and that is
 * kept where it costs less (large neighbourhood search, Shaw 1998; at first also where it costs a little more). The number of looks
 * depends on the size alone and chance is seeded, so that the same problem has the same plan.
 */
export const moveGroups = (assignment: Assignment, sums: Float64Array): void => {
  const { options } = assignment
  const { drivers } = options
  const candidates = candidatesOf(options, sums)
  const move: Move = { assignment, sums, candidates, random: seeded(1), out: [], run: [], option: [], isOut: new Uint8Array(drivers) }
  const looks = Math.min(LOOKS_PER_DRIVER * drivers, Math.max(FEWEST_LOOKS, Math.floor(LOOKS / Math.max(1, drivers) ** 1.5)))
  const tolerance = (TOLERANCE * totalOf(assignment)) / Math.max(1, drivers)
  let kept = { total: totalOf(assignment), choices: choicesOf(assignment) }
  let uneasy: readonly number[] = []
  for (let look = 0; look < looks; look++) {
    if (look % REFRESH === 0) uneasy = listUneasy(move)
    if (uneasy.length === 0) break
    tryMove(move, uneasy, tolerance * (1 - look / looks))
    if ((look + 1) % REFRESH !== 0 && look + 1 < looks) continue
    const total = totalOf(assignment)
    if (total < kept.total) kept = { total, choices: choicesOf(assignment) }
  }
  if (totalOf(assignment) > kept.total) restore(assignment, kept.choices)
}
