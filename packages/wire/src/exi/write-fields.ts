import type { SimpleType } from './grammar.ts'
import type { WritePlace } from './write-simple.ts'

/**
 * Writes an object of one type behind the low `width` bits of `lead`, at most 8. False where the walk along the grammar has to say whether it can be
 * written: something is wrong with it, or it is not as most objects are. Some of it may have been written then.
 * @throws ExiFault where a value is wrong, too, without its place
 */
export type FieldsWriter = (place: WritePlace, fields: unknown, lead: number, width: number) => boolean

/** Makes the writers of a set's types, those of `GrammarTables.types`, of its datatypes; undefined where the walk has to. */
export type FieldsWriters = (simple: readonly SimpleType[]) => readonly (FieldsWriter | undefined)[]

/** For writers: an object whose fields can be asked for. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** For writers: a whole number within bounds of 32 bits. */
export const isInt = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && (value | 0) === value && value >= min && value <= max

/** For writers: a whole number within bounds. */
export const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
