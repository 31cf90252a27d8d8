import type { BitRun } from './bit-run.ts'
import { emitChoice, isChoice } from './emit-choice.ts'
import { addCode, emitField, nameOf } from './emit-field.ts'
import { type Emitting, MOST_LEAD } from './emit-value.ts'
import { flush, indented, type Made } from './made.ts'
import type { Plan } from './plan.ts'
import { isAmong } from './select.ts'

const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)

/** What is written of an object whose fields are met one after the other. */
const emitFields = (emitting: Emitting, { steps, last, ends }: Plan): readonly string[] => {
  const required = steps.filter(({ optional }) => optional.length === 0).length
  const lead: BitRun = { front: { bits: 'lead', width: 'width', most: MOST_LEAD }, rest: [] }
  let made: Made = { lines: [], run: lead }
  for (const [at, step] of steps.entries()) {
    const name = nameOf(emitting, step)
    const got = `const f${at} = fields${isIdentifier(name) ? `.${name}` : `['${name}']`}`
    made = emitField(emitting, { lines: [...made.lines, got], run: made.run }, [step, `f${at}`, steps[at + 1]?.before ?? last])
  }
  const endless = last.filter((state) => !ends.has(state))
  const refused = endless.length > 0 ? [`if (${isAmong(endless)}) return false`] : []
  const { lines } = flush(addCode({ lines: [...made.lines, ...refused], run: made.run }, ends))
  const isStateful = [...steps.map(({ before }) => before), last].some((states) => states.length > 1)
  return [
    ...(isStateful ? ['let s = 0'] : []),
    ...(required < steps.length ? [`let count = ${required}`] : []),
    ...lines,
    `return hasOnly(fields, ${required < steps.length ? 'count' : required})`,
  ]
}

/** A function that writes the objects of a type. */
export const emitWriter = (emitting: Emitting, index: number): string => {
  const plan = emitting.plans[index]!
  return [
    `/** @type {W} */ const write${index} = (place, fields, lead, width) => {`,
    ...indented([
      'if (!isObject(fields) || fields.constructor !== Object) return false',
      'const { writer } = place',
      ...(isChoice(plan) ? emitChoice(emitting, plan) : emitFields(emitting, plan)),
    ]),
    '}',
  ].join('\n')
}
