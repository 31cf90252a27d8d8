import { hasOnly, isThere } from './has-only.ts'
import type { SimpleType } from './simple-type.ts'
import { type WritePlace, writeBytes, writeSimple, writeString } from './write-simple.ts'

/**
 * Writes an object of one type behind the low `width` bits of `lead`, at most 8. False where the walk along the grammar has to say whether it can be
 * written: something is wrong with it, or it is not as most objects are. Some of it may have been written then.
 * @throws ExiFault where a value is wrong, too, without its place
 */
export type FieldsWriter = (place: WritePlace, fields: unknown, lead: number, width: number) => boolean

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** A whole number within bounds of 32 bits. */
const isInt = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && (value | 0) === value && value >= min && value <= max

const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

/** What generated writers are made of. */
export const WRITER_PARTS = { hasOnly, isInt, isObject, isThere, isWhole, writeBytes, writeSimple, writeString } as const

/**
 * Makes the writers of a set's types, in the order of `GrammarTables.types`, of its datatypes; undefined where the walk has to write. Generated
 * as JavaScript that imports nothing: what has types has to be stripped of them at every start. `npm run types` reads it all the same.
 */
export type FieldsWriters = (simple: readonly SimpleType[], parts: typeof WRITER_PARTS) => readonly (FieldsWriter | undefined)[]
