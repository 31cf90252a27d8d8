import { PRODUCTION, type StateTable, type TypeTable } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { widthOf } from '../../../packages/wire/src/exi/simple-type.ts'

/** A production of a state, with its event code. */
export interface Way {
  readonly kind: number
  readonly of: number
  readonly next: number
  readonly code: number
  /** The same for all productions of one field. */
  readonly field: string
}

/** A state of a type as it is met in writing: what the schema leaves open is not written. */
export interface WriteState {
  /** Bits of an event code. */
  readonly width: number
  /** Of attributes, elements and text, in the order of their codes. */
  readonly ways: readonly Way[]
  /** The code of the end, or -1. */
  readonly end: number
  /** What a field of a number of codes in front leads to, if that is the state itself: how often, and where after that. */
  readonly loops: number
  readonly limit: number
  readonly after: number
}

/** The name of a field here, of the kind of its production and what that is of. */
export const fieldOf = (kind: number, of: number): string => `${kind} ${of}`

const waysOf = (triples: readonly number[]): readonly Way[] =>
  Array.from({ length: triples.length / 3 }, (_, code) => {
    const [kind = 0, of = 0, next = 0] = triples.slice(code * 3, code * 3 + 3)
    return { kind, of, next, code, field: kind === PRODUCTION.characters ? 'text' : fieldOf(kind, of) }
  })

const stateOf = ([loops, limit, after, ...triples]: StateTable, ordered: boolean): WriteState => {
  const ways = waysOf(triples)
  // Where the order of children is part of the value, only attributes are fields.
  const isField = ({ kind }: Way) =>
    kind === PRODUCTION.attribute || (!ordered && (kind === PRODUCTION.element || kind === PRODUCTION.characters))
  const end = ways.findIndex(({ kind }) => kind === PRODUCTION.end)
  return { width: widthOf(ways.length + 1), ways: ways.filter(isField), end, loops, limit, after }
}

/** The states of a type. */
export const writeStates = ({ states, ordered }: TypeTable): readonly WriteState[] => states.map((state) => stateOf(state, ordered === 1))

/** Whether a field leads back to its state as often as that counts. */
export const isCounted = ({ loops, limit }: WriteState, { code }: Way): boolean => code < loops && limit > 0

/** All states that are come to from some with fields of which all are taken, or only some. */
export const reachable = (
  states: readonly WriteState[],
  from: readonly number[],
  isOpen: (field: string) => boolean = () => true,
): ReadonlySet<number> => {
  const seen = new Set(from)
  for (const one of seen) {
    const state = states[one]!
    for (const way of state.ways.filter(({ field }) => isOpen(field))) seen.add(isCounted(state, way) ? state.after : way.next)
  }
  return seen
}
