import { type GrammarTables, PRODUCTION, type SimpleTable } from '../../../packages/wire/src/exi/grammar-tables.ts'

/** Where the types and datatypes of one set stand in another that has them all, each in the order of the first. */
export interface Shared {
  readonly types: readonly number[]
  readonly simple: readonly number[]
}

/** Notes which number of the one stands for which of the other; false where it already stands for another. */
const pairing = (pairs: number[]) => (one: number, other: number) => {
  pairs[one] ??= other
  return pairs[one] === other
}

/**
 * Whether a set has all types of another as they are there: then what writes them there writes them here, too. Only the numbers of elements, attributes and
 * datatypes may differ; event codes and their widths are of the states.
 * @returns undefined where anything else differs
 */
export const sharedTypes = (of: GrammarTables, tables: GrammarTables): Shared | undefined => {
  const [types, simple]: [number[], number[]] = [[], []]
  const [pairTypes, pairNumbers] = [pairing(types), pairing(simple)]
  const isSameSimple = (one: SimpleTable | undefined, other: SimpleTable | undefined) => JSON.stringify(one) === JSON.stringify(other)
  const pairSimple = (one: number, other: number) => isSameSimple(of.simple[one], tables.simple[other]) && pairNumbers(one, other)
  const elements = of.elements.map(([name, uri]) =>
    tables.elements.findIndex(([other, otherUri]) => other === name && tables.uris[otherUri] === of.uris[uri]),
  )
  const isSameElement = ([, , type]: GrammarTables['elements'][number], index: number): boolean => {
    const other = tables.elements[elements[index]!]?.[2]
    if (other === undefined || type < 0 !== other < 0) return false
    return type < 0 ? pairSimple(-1 - type, -1 - other) : pairTypes(type, other)
  }
  const isSameOf = (kind: number, one: number, other: number): boolean => {
    if (kind === PRODUCTION.element) return elements[one] === other
    if (kind === PRODUCTION.characters) return pairSimple(one, other)
    if (kind !== PRODUCTION.attribute) return one === other
    const [here, there] = [of.attributes[one], tables.attributes[other]]
    if (here === undefined || there === undefined) return false
    return here[0] === there[0] && of.uris[here[1]] === tables.uris[there[1]] && pairSimple(here[2], there[2])
  }
  const isSameState = (one: readonly number[], other: readonly number[] | undefined): boolean =>
    other?.length === one.length &&
    one.every((value, at) => (at >= 3 && at % 3 === 1 ? isSameOf(one[at - 1]!, value, other[at]!) : value === other[at]))
  const isSameType = ({ ordered, lists = [], states }: GrammarTables['types'][number], index: number): boolean => {
    const other = tables.types[types[index] ?? -1]
    const isSameShape = other?.ordered === ordered && other?.states.length === states.length
    const hasSameLists = String(lists.map((list) => elements[list]).sort()) === String([...(other?.lists ?? [])].sort())
    return isSameShape && hasSameLists && states.every((state, at) => isSameState(state, other.states[at]))
  }
  return of.elements.every(isSameElement) && of.types.every(isSameType) ? { types, simple } : undefined
}
