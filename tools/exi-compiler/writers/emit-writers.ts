import type { GrammarTables } from '../../../packages/wire/src/exi/grammar-tables.ts'
import type { Emitting } from './emit-value.ts'
import { emitWriter } from './emit-writer.ts'
import { planOf } from './plan.ts'
import { sharedTypes } from './shared.ts'

/** A set whose types others have, too: they import its writers. */
export interface Library {
  readonly tables: GrammarTables
  /** Of its writers, as the module of another set names it. */
  readonly path: string
}

/** The datatypes and enumerations that writers name, as constants in front of them. */
const datatypesOf = (text: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    ...(new RegExp(`\\bcodes${index}\\b`).test(text) ? [`  const codes${index} = simple[${index}].codes`] : []),
    ...(new RegExp(`\\btype${index}\\b`).test(text) ? [`  const type${index} = simple[${index}]`] : []),
  ])

const PARTS = '{ hasOnly, isInt, isObject, isThere, isWhole, writeBytes, writeSimple, writeString }'

/** A module with a function for each type that can have one, which writes its objects without a walk along the grammar. */
export const emitWriters = (tables: GrammarTables, library: Library | undefined): string => {
  const emitting: Emitting = { tables, plans: tables.types.map(planOf) }
  const shared = library && sharedTypes(library.tables, tables)
  const text = emitting.plans
    .flatMap((plan, index) => (plan === undefined || shared?.types.includes(index) ? [] : [emitWriter(emitting, index)]))
    .join('\n\n')
    .replaceAll(/^(?=.)/gm, '  ')
  const names = emitting.plans.map((plan, index) => (plan === undefined ? 'undefined' : `write${index}`))
  const theirs = shared?.types.map((index) => (names[index] === 'undefined' ? '' : names[index])).join(', ')
  const numbers = shared?.simple.map((index) => `simple[${index}]`).join(', ')
  return [
    ...(shared ? [`import { writers as shared } from '${library.path}'`, ''] : []),
    "/** @typedef {import('../../../exi/write-fields.ts').FieldsWriter} W */",
    "/** @type {import('../../../exi/write-fields.ts').FieldsWriters} */",
    ...(shared
      ? ['export const writers = (simple, parts) => {', `  const ${PARTS} = parts`]
      : [`export const writers = (simple, ${PARTS}) => {`]),
    ...(shared ? [`  const [${theirs}] = /** @type {readonly W[]} */ (shared([${numbers}], parts))`] : []),
    ...datatypesOf(text, tables.simple.length),
    '',
    text,
    '',
    `  return [${names.join(', ')}]`,
    '}',
  ].join('\n')
}
