import { EMPTY, withBits } from './bit-run.ts'
import { addCode, nameOf } from './emit-field.ts'
import { type Emitting, product } from './emit-value.ts'
import { flush, indented } from './made.ts'
import type { Plan } from './plan.ts'

/** From as many on it is dearer to ask an object for each than to ask it which it has. */
const MANY = 7

/** Whether an object of a type has one of many fields, as the body of a message, or none. */
export const isChoice = ({ steps, last }: Plan): boolean => {
  const [first] = steps
  if (first === undefined || steps.length < MANY) return false
  const ways = new Set(steps.flatMap(({ codes, next }) => [...codes.keys(), ...next.values()]))
  return (
    first.before.length === 1 &&
    steps.every(({ codes, repeats }) => codes.size === 1 && repeats === undefined) &&
    ways.size === 2 &&
    last.length > 0
  )
}

/** What is written of an object of which one field is chosen by its name. */
export const emitChoice = (emitting: Emitting, { steps, ends }: Plan): readonly string[] => {
  const start = steps[0]!.before[0]!
  const end = steps[0]!.next.get(start)!
  const cases = steps.flatMap((step) => {
    const made = product(emitting, addCode({ lines: [], run: EMPTY }, step.codes), [step, 'field'])
    return [`case '${nameOf(emitting, step)}': {`, ...indented(flush(made).lines), '  break', '}']
  })
  const endIn = (state: number): readonly string[] => {
    const code = ends.get(state)
    return code === undefined
      ? ['return false']
      : [...flush({ lines: [], run: withBits(EMPTY, code.code, code.width) }).lines, 'return true']
  }
  return [
    'writer.bits(lead, width)',
    "let chosen = ''",
    'let count = 0',
    'let field',
    'for (const name in fields) {',
    '  if (fields[name] === undefined) continue',
    '  if (count++ > 0) return false',
    '  chosen = name',
    '  field = fields[name]',
    '}',
    'if (count === 0) {',
    ...indented(endIn(start)),
    '}',
    'switch (chosen) {',
    ...indented([...cases, 'default:', '  return false']),
    '}',
    ...endIn(end),
  ]
}
