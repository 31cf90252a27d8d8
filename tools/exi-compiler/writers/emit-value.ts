import { type GrammarTables, PRODUCTION, type SimpleTable } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { linkSimple } from '../../../packages/wire/src/exi/simple-type.ts'
import { bitsOf, EMPTY, isEmpty, mostOf, widthOf, withBits } from './bit-run.ts'
import { add, flush, type Made, roomFor } from './made.ts'
import type { Plan, Step } from './plan.ts'

/** What a writer is made with: the tables of its set, and the types that have writers. */
export interface Emitting {
  readonly tables: GrammarTables
  readonly plans: readonly (Plan | undefined)[]
}

/** The most bits that a writer takes to write in front of its own, and that stand in front of a number. */
export const MOST_LEAD = 8
const MOST_NUMBER_LEAD = 16

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
    return checked(`!isInt(${value}, ${min}, ${max})`, bits, linkSimple(type).width)
  }
  if (type[0] !== 'enum') return undefined
  const code = `${value}Code`
  const found = { lines: [...lines, `const ${code} = codes${index}.get(${value})`, `if (${code} === undefined) return false`], run }
  return add(found, code, linkSimple(type).width)
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
export const product = (emitting: Emitting, made: Made, [{ kind, of }, value]: readonly [Step, string]): Made => {
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
