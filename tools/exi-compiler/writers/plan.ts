import { PRODUCTION, type TypeTable } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { orderOf } from './order.ts'
import { fieldOf, isCounted, reachable, type Way, type WriteState, writeStates } from './states.ts'

/** An event code as it is written in a state. */
export interface Code {
  readonly code: number
  readonly width: number
}

/** The items of a list. */
export interface Repeats {
  /** How many there have to be and can be. */
  readonly min: number
  readonly max: number
  /** Of the second item and so on; the last is that of all behind it, too. */
  readonly codes: readonly Code[]
  /** The states behind one item, two and so on; the last is that behind more, too, unless those are as many as can be. */
  readonly states: readonly number[]
  readonly full: number
}

/** What is done with one field of an object. */
export interface Step {
  readonly kind: number
  readonly of: number
  /** The states in which the object can be when it comes to this field, and those in which it need not have it. */
  readonly before: readonly number[]
  readonly optional: readonly number[]
  /** By those states of them that have the field: its code there, and the state behind it. */
  readonly codes: ReadonlyMap<number, Code>
  readonly next: ReadonlyMap<number, number>
  /** Of a list. */
  readonly repeats: Repeats | undefined
}

/** How an object of a type is written: its fields in an order in which all can be met, and the end. */
export interface Plan {
  readonly steps: readonly Step[]
  /** The states in which the object can be behind all of them, and the code of the end in those that have one. */
  readonly last: readonly number[]
  readonly ends: ReadonlyMap<number, Code>
}

/** What is known while the steps of a type are made: where its object can be, and which fields are still to come. */
interface Making {
  readonly states: readonly WriteState[]
  readonly lists: ReadonlySet<string>
  before: readonly number[]
  readonly later: Set<string>
}

const wayOf = ({ ways }: WriteState, field: string): Way | undefined => ways.find((way) => way.field === field)

/** Whether an object can still come to its end from a state. */
const isLive = ({ states, later }: Making, from: number): boolean =>
  [...reachable(states, [from], (field) => later.has(field))].some((state) => states[state]!.end >= 0)

/** The items of a list whose first leads to a state; undefined where some number of them between others leads nowhere. */
const repeatsOf = (making: Making, { field, next: first }: Way): Repeats | undefined => {
  const { states } = making
  const codes: Code[] = []
  const behind = [first]
  let max = 1
  let full = first
  for (let way = wayOf(states[first]!, field); way !== undefined; way = wayOf(states[full]!, field)) {
    const state = states[full]!
    codes.push({ code: way.code, width: state.width })
    const counted = isCounted(state, way)
    if (counted || way.next === full) {
      max += counted ? state.limit : Number.POSITIVE_INFINITY
      full = counted ? state.after : full
      break
    }
    full = way.next
    behind.push(full)
    max++
  }
  const min = behind.findIndex((state) => isLive(making, state)) + 1
  if (min === 0 || ![...behind.slice(min - 1), full].every((state) => isLive(making, state))) return undefined
  return { min, max, codes, states: behind, full }
}

/** Adds what is done with a field, and says whether that could be said in these few words. */
const addStep = (making: Making, field: string, steps: Step[]): boolean => {
  const { states, before } = making
  making.later.delete(field)
  const taken = before.flatMap((state) => {
    const way = wayOf(states[state]!, field)
    return way === undefined || (!making.lists.has(field) && !isLive(making, way.next)) ? [] : [{ state, way }]
  })
  const first = taken[0]?.way
  const skipped = before.filter((state) => isLive(making, state))
  making.before = skipped
  // An object that has it nevertheless has more fields than were taken.
  if (first === undefined) return true
  if (taken.some(({ state, way }) => isCounted(states[state]!, way))) return false
  const repeats = making.lists.has(field) ? repeatsOf(making, first) : undefined
  if (making.lists.has(field) && (repeats === undefined || taken.some(({ way }) => way.next !== first.next))) return false
  const behind = repeats ? [...repeats.states.slice(repeats.min - 1), repeats.full] : taken.map(({ way }) => way.next)
  making.before = [...new Set([...behind, ...skipped])].sort((a, b) => a - b)
  steps.push({
    kind: first.kind,
    of: first.of,
    before,
    optional: skipped,
    codes: new Map(taken.map(({ state, way }) => [state, { code: way.code, width: states[state]!.width }])),
    next: new Map(taken.map(({ state, way }) => [state, way.next])),
    repeats,
  })
  return true
}

/** Undefined for types that are left to the walk along the grammar. */
export const planOf = (type: TypeTable): Plan | undefined => {
  const states = writeStates(type)
  const order = orderOf(states)
  if (order === undefined) return undefined
  const lists = new Set((type.lists ?? []).map((index) => fieldOf(PRODUCTION.element, index)))
  const making: Making = { states, lists, before: [0], later: new Set(order) }
  const steps: Step[] = []
  if (!isLive(making, 0) || !order.every((field) => addStep(making, field, steps))) return undefined
  const ends = making.before.flatMap((state) => {
    const { end, width } = states[state]!
    return end < 0 ? [] : [[state, { code: end, width }] as const]
  })
  return { steps, last: making.before, ends: new Map(ends) }
}
