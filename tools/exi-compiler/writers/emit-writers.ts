import type { GrammarTables } from '../../../packages/wire/src/exi/grammar-tables.ts'
import type { Emitting } from './emit-value.ts'
import { emitWriter } from './emit-writer.ts'
import { planOf } from './plan.ts'

/** The datatypes and enumerations that writers name, as constants in front of them. */
const datatypesOf = (text: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    ...(new RegExp(`\\bcodes${index}\\b`).test(text) ? [`  const codes${index} = simple[${index}].codes`] : []),
    ...(new RegExp(`\\btype${index}\\b`).test(text) ? [`  const type${index} = simple[${index}]`] : []),
  ])

/** A module with a function for each type that can have one, which writes its objects without a walk along the grammar. */
export const emitWriters = (tables: GrammarTables): string => {
  const emitting: Emitting = { tables, plans: tables.types.map(planOf) }
  const text = emitting.plans
    .flatMap((plan, index) => (plan === undefined ? [] : [emitWriter(emitting, index)]))
    .join('\n\n')
    .replaceAll(/^(?=.)/gm, '  ')
  const names = emitting.plans.map((plan, index) => (plan === undefined ? 'undefined' : `write${index}`))
  return [
    "/** @typedef {import('../../../exi/write-fields.ts').FieldsWriter} W */",
    "/** @type {import('../../../exi/write-fields.ts').FieldsWriters} */",
    'export const writers = (simple, { hasOnly, isInt, isObject, isThere, isWhole, writeBytes, writeSimple, writeString }) => {',
    ...datatypesOf(text, tables.simple.length),
    '',
    text,
    '',
    `  return [${names.join(', ')}]`,
    '}',
  ].join('\n')
}
