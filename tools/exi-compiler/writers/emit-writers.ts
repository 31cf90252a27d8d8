import type { GrammarTables } from '../../../packages/wire/src/exi/grammar-tables.ts'
import type { Emitting } from './emit-value.ts'
import { emitWriter } from './emit-writer.ts'
import { planOf } from './plan.ts'

/** What writers are made of, by the module of the engine that has it. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  'has-only': ['hasOnly', 'isThere'],
  'write-fields': ['isInt', 'isObject', 'isWhole'],
  'write-simple': ['writeBytes', 'writeSimple', 'writeString'],
}

const usedIn = (text: string, names: readonly string[]): readonly string[] => names.filter((name) => new RegExp(`\\b${name}\\(`).test(text))

const importsOf = (text: string): readonly string[] =>
  Object.entries(PARTS).flatMap(([module, names]) => {
    const used = usedIn(text, names)
    const all = module === 'write-fields' ? ['type FieldsWriter', 'type FieldsWriters', ...used] : used
    return all.length === 0 ? [] : [`import { ${all.join(', ')} } from '../../../exi/${module}.ts'`]
  })

/** The datatypes and enumerations that writers name, as constants in front of them. */
const datatypesOf = (text: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => index).flatMap((index) => [
    ...(new RegExp(`\\bcodes${index}\\b`).test(text)
      ? [`  const codes${index}: ReadonlyMap<unknown, number> = simple[${index}]!.codes`]
      : []),
    ...(new RegExp(`\\btype${index}\\b`).test(text) ? [`  const type${index} = simple[${index}]!`] : []),
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
    ...importsOf(text),
    '',
    'export const writers: FieldsWriters = (simple) => {',
    ...datatypesOf(text, tables.simple.length),
    '',
    text,
    '',
    `  return [${names.join(', ')}]`,
    '}',
  ].join('\n')
}
