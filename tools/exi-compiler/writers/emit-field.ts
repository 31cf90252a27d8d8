import { PRODUCTION } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { type BitRun, bitsOf, EMPTY, flushed, widthOf, withBits } from './bit-run.ts'
import { type Emitting, product } from './emit-value.ts'
import { add, flush, indented, type Made, moveTo } from './made.ts'
import type { Code, Repeats, Step } from './plan.ts'
import { isAmong, select } from './select.ts'

const mostWidth = (codes: Iterable<Code>): number => Math.max(...[...codes].map(({ width }) => width))

/** Adds a code that depends on where the object is. */
export const addCode = (made: Made, codes: ReadonlyMap<number, Code>): Made => {
  const of = (key: keyof Code) => select(new Map([...codes].map(([state, code]) => [state, code[key]])))
  const [code, width] = [of('code'), of('width')]
  if (/^\d+$/.test(width)) return add(made, /^\d+$/.test(code) ? Number(code) : `(${code})`, Number(width))
  const { lines } = flush(made)
  return { lines, run: { front: { bits: `(${code})`, width: `(${width})`, most: mostWidth(codes.values()) }, rest: [] } }
}

/** Values by the number of an item, from 0: the last is that of all behind it, too. */
const byItem = (values: readonly (string | number)[], index: string): string => {
  const distinct = values.filter((value, at) => at === 0 || values.slice(at - 1).some((other) => other !== value))
  return distinct.map((value, at) => (at === distinct.length - 1 ? `${value}` : `${index} === ${at} ? ${value} : `)).join('')
}

/** The items of a list. */
const listLoop = (emitting: Emitting, step: Step & { readonly repeats: Repeats }, value: string): readonly string[] => {
  const { min, max, codes } = step.repeats
  const first = addCode({ lines: [], run: EMPTY }, step.codes).run
  const of = (key: keyof Code, inFront: string) => byItem([inFront, ...codes.map((code) => `${code[key]}`)], 'index')
  const [code, width] = [of('code', bitsOf(first)), of('width', widthOf(first))]
  const most = mostWidth([...step.codes.values(), ...codes])
  const isKnown = /^\d+$/.test(code) && /^\d+$/.test(width)
  const run: BitRun = isKnown
    ? withBits(EMPTY, Number(code), Number(width))
    : { front: { bits: `(${code})`, width: `(${width})`, most }, rest: [] }
  const inside = flush(product(emitting, { lines: [], run }, [step, 'item']))
  const bounds = [`!Array.isArray(${value})`, ...(min > 0 && (min > 1 || step.optional.length === 0) ? [`${value}.length < ${min}`] : [])]
  if (max !== Number.POSITIVE_INFINITY) bounds.push(`${value}.length > ${max}`)
  return [
    `if (${bounds.join(' || ')}) return false`,
    `for (let index = 0; index < ${value}.length; index++) {`,
    `  const item = ${value}[index]`,
    ...indented(inside.lines),
    '}',
  ]
}

/** The state behind a field, as an expression. */
const stateBehind = ({ next, repeats }: Step, value: string): string => {
  if (repeats === undefined) return select(next)
  const { min, max, states, full } = repeats
  const known = states.slice(min - 1)
  const some = byItem(known, `${value}.length - ${min}`)
  return max === Number.POSITIVE_INFINITY || full === known.at(-1) ? some : `${value}.length === ${max} ? ${full} : ${some}`
}

export const nameOf = ({ tables }: Emitting, { kind, of }: Step): string =>
  kind === PRODUCTION.characters ? 'value' : kind === PRODUCTION.attribute ? tables.attributes[of]![0] : tables.elements[of]![0]

/** One field of an object, whose value is in a variable, and where the object is behind it if that is not known now. */
export const emitField = (emitting: Emitting, made: Made, [step, value, after]: readonly [Step, string, readonly number[]]): Made => {
  const { before, optional, codes, repeats } = step
  const isRequired = optional.length === 0
  const without = before.filter((state) => !codes.has(state))
  const misplaced = without.length > 0 ? [`if (${isAmong(without)}) return false`] : []
  const moved = after.length > 1 ? stateBehind(step, value) : undefined
  if (isRequired && repeats === undefined) {
    return moveTo(product(emitting, addCode({ lines: [...made.lines, ...misplaced], run: made.run }, codes), [step, value]), moved)
  }
  const outer = moveTo(repeats ? flush(made) : made, !isRequired && before.length === 1 && after.length > 1 ? before[0] : undefined)
  const inside = repeats
    ? { lines: listLoop(emitting, { ...step, repeats }, value), run: EMPTY }
    : flush(product(emitting, addCode({ lines: [], run: outer.run }, codes), [step, value]))
  const block = [...misplaced, ...moveTo(inside, moved).lines]
  if (isRequired) return { lines: [...outer.lines, ...block], run: EMPTY }
  const condition = repeats ? `isThere(${value})` : `${value} !== undefined`
  const needed = before.filter((state) => !optional.includes(state))
  // Where the field is not there, what was still to be written is written alone.
  const otherwise = [...(needed.length > 0 ? [`if (${isAmong(needed)}) return false`] : []), ...flushed(outer.run)]
  const end = otherwise.length === 0 ? ['}'] : ['} else {', ...indented(otherwise), '}']
  return { lines: [...outer.lines, `if (${condition}) {`, ...indented([...block, 'count++']), ...end], run: EMPTY }
}
