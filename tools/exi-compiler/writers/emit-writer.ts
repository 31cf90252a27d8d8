import { type GrammarTables, PRODUCTION, type SimpleTable } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { type BitRun, bitsOf, EMPTY, flushed, isEmpty, mostOf, widthOf, withBits } from './bit-run.ts'
import type { Code, Plan, Repeats, Step } from './plan.ts'
import { isAmong, select } from './select.ts'

/** What a writer is made with: the tables of its set, and the types that have writers. */
export interface Emitting {
  readonly tables: GrammarTables
  readonly plans: readonly (Plan | undefined)[]
}

/** Lines that were made, and bits that are to be written behind them. */
interface Made {
  readonly lines: readonly string[]
  readonly run: BitRun
}

/** The most bits that a writer takes to write in front of its own, and that stand in front of a number. */
const MOST_LEAD = 8
const MOST_NUMBER_LEAD = 16
const MOST = 32

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

/** A run with room for some more bits, behind what has to be written for that. */
const roomFor = (run: BitRun, width: number, most: number): Made =>
  mostOf(run) + width <= most ? { lines: [], run } : { lines: flushed(run), run: EMPTY }

const add = ({ lines, run }: Made, bits: string | number, width: number): Made => {
  const room = roomFor(run, width, MOST)
  return { lines: [...lines, ...room.lines], run: withBits(room.run, bits, width) }
}

const flush = ({ lines, run }: Made): Made => ({ lines: [...lines, ...flushed(run)], run: EMPTY })

/** Notes where the object is from now on; bits that depend on where it was are written before that. */
const moveTo = (made: Made, state: string | number | undefined): Made => {
  if (state === undefined) return made
  const { lines, run } = flushed(made.run).some((line) => /\bs\b/.test(line)) ? flush(made) : made
  return { lines: [...lines, `s = ${state}`], run }
}

const bitWidth = (count: number): number => (count <= 1 ? 0 : 32 - Math.clz32(count - 1))

const isInt32 = (min: number, max: number): boolean => min >= -(2 ** 31) && max < 2 ** 31

/** A value of a datatype of fixed width. */
const fixedValue = (made: Made, [value, type, index]: readonly [string, SimpleTable, number]): Made | undefined => {
  const { lines, run } = made
  const checked = (condition: string, bits: string, width: number) =>
    add({ lines: [...lines, `if (${condition}) return false`], run }, bits, width)
  if (type[0] === 'boolean') return checked(`typeof ${value} !== 'boolean'`, `(${value} ? 1 : 0)`, 1)
  if (type[0] === 'bits') {
    const [, min, max] = type
    const bits = min === 0 ? value : min < 0 ? `(${value} + ${-min})` : `(${value} - ${min})`
    return checked(`!isInt(${value}, ${min}, ${max})`, bits, bitWidth(max - min + 1))
  }
  if (type[0] !== 'enum') return undefined
  const code = `${value}Code`
  const found = { lines: [...lines, `const ${code} = codes${index}.get(${value})`, `if (${code} === undefined) return false`], run }
  return add(found, code, bitWidth(type.length - 1))
}

/** An integer behind the bits in front of it. */
const numberValue = ({ lines, run }: Made, value: string, [kind, min = 0, max = 0]: SimpleTable): Made => {
  const [least, most] = [Number(min), Number(max)]
  const check = `if (!${isInt32(least, most) ? 'isInt' : 'isWhole'}(${value}, ${least}, ${most})) return false`
  const room = roomFor(run, kind === 'integer' ? 1 : 0, MOST_NUMBER_LEAD)
  const before = [...lines, ...room.lines, check]
  if (kind === 'unsigned')
    return { lines: [...before, `writer.ledUnsigned(${bitsOf(room.run)}, ${widthOf(room.run)}, ${value})`], run: EMPTY }
  const signed = withBits(room.run, `(${value} < 0 ? 1 : 0)`, 1)
  const written = `writer.ledUnsigned(${bitsOf(signed)}, ${widthOf(signed)}, ${value} < 0 ? -1 - ${value} : ${value})`
  return { lines: [...before, written], run: EMPTY }
}

const simpleValue = ({ tables }: Emitting, made: Made, [value, index]: readonly [string, number]): Made => {
  const type = tables.simple[index]!
  const [kind] = type
  const fixed = fixedValue(made, [value, type, index])
  if (fixed !== undefined) return fixed
  if (kind === 'unsigned' || kind === 'integer') return numberValue(made, value, type)
  const { lines } = flush(made)
  if (kind === 'string')
    return { lines: [...lines, `if (typeof ${value} !== 'string') return false`, `writeString(place, type${index}, ${value})`], run: EMPTY }
  if (kind === 'base64' || kind === 'hex')
    return {
      lines: [...lines, `if (!(${value} instanceof Uint8Array)) return false`, `writeBytes(place, type${index}, ${value})`],
      run: EMPTY,
    }
  return { lines: [...lines, `writeSimple(place, type${index}, ${value})`], run: EMPTY }
}

/** What a field is of, behind its code. */
const product = (emitting: Emitting, made: Made, [{ kind, of }, value]: readonly [Step, string]): Made => {
  const { tables, plans } = emitting
  if (kind === PRODUCTION.characters) return simpleValue(emitting, made, [value, of])
  if (kind === PRODUCTION.attribute) return simpleValue(emitting, made, [value, tables.attributes[of]![2]])
  const type = tables.elements[of]![2]
  if (type < 0) return add(simpleValue(emitting, add(made, 0, 1), [value, -1 - type]), 0, 1)
  if (plans[type] === undefined) return { lines: [...made.lines, 'return false'], run: EMPTY }
  const { lines, run } = mostOf(made.run) <= MOST_LEAD ? made : flush(made)
  const lead = isEmpty(run) ? '0, 0' : `${bitsOf(run)}, ${widthOf(run)}`
  return { lines: [...lines, `if (!write${type}(place, ${value}, ${lead})) return false`], run: EMPTY }
}

const mostWidth = (codes: Iterable<Code>): number => Math.max(...[...codes].map(({ width }) => width))

/** Adds a code that depends on where the object is. */
const addCode = (made: Made, codes: ReadonlyMap<number, Code>): Made => {
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
    `  const item: unknown = ${value}[index]`,
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

const nameOf = ({ tables }: Emitting, { kind, of }: Step): string =>
  kind === PRODUCTION.characters ? 'value' : kind === PRODUCTION.attribute ? tables.attributes[of]![0] : tables.elements[of]![0]

/** One field of an object, and where the object is behind it if that is not known now. */
const field = (emitting: Emitting, made: Made, [step, value, after]: readonly [Step, string, readonly number[]]): Made => {
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

/** A function that writes the objects of a type. */
export const emitWriter = (emitting: Emitting, index: number): string => {
  const { steps, last, ends } = emitting.plans[index]!
  const required = steps.filter(({ optional }) => optional.length === 0).length
  const lead: BitRun = { front: { bits: 'lead', width: 'width', most: MOST_LEAD }, rest: [] }
  let made: Made = { lines: [], run: lead }
  for (const [at, step] of steps.entries()) {
    const name = nameOf(emitting, step)
    const got = { lines: [...made.lines, `const f${at} = fields.${name}`], run: made.run }
    made = field(emitting, got, [step, `f${at}`, steps[at + 1]?.before ?? last])
  }
  const endless = last.filter((state) => !ends.has(state))
  const end = flush(
    addCode({ lines: [...made.lines, ...(endless.length > 0 ? [`if (${isAmong(endless)}) return false`] : [])], run: made.run }, ends),
  )
  const isStateful = [...steps.map(({ before }) => before), last].some((states) => states.length > 1)
  return [
    `const write${index}: FieldsWriter = (place, fields, lead, width) => {`,
    ...indented([
      'if (!isObject(fields) || fields.constructor !== Object) return false',
      'const { writer } = place',
      ...(isStateful ? ['let s = 0'] : []),
      ...(required < steps.length ? [`let count = ${required}`] : []),
      ...end.lines,
      `return hasOnly(fields, ${required < steps.length ? 'count' : required})`,
    ]),
    '}',
  ].join('\n')
}
