import { Problem } from './problems.ts'

type Part = 'text' | 'number'
type Value<Kind extends Part> = Kind extends 'text' ? string : number
type Values<Kinds extends readonly Part[]> = { readonly [Index in keyof Kinds]: Value<Kinds[Index]> }

/** Where the next page of a list begins: opaque to clients. */
export const cursorOf = (...values: readonly (string | number)[]): string => Buffer.from(JSON.stringify(values)).toString('base64url')

/** @throws Problem CURSOR_INVALID when the text is not a cursor of this list. */
export const readCursor = <const Kinds extends readonly Part[]>(cursor: string | undefined, kinds: Kinds): Values<Kinds> | undefined => {
  if (cursor === undefined) return undefined
  const values = parsed(cursor)
  if (!isOf(values, kinds)) throw new Problem('CURSOR_INVALID')
  return values
}

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
const isOf = <const Kinds extends readonly Part[]>(values: unknown, kinds: Kinds): values is Values<Kinds> =>
  Array.isArray(values) &&
  values.length === kinds.length &&
  kinds.every((kind, index) => (kind === 'text' ? typeof values[index] === 'string' : Number.isSafeInteger(values[index])))

/** Cuts a list that was read with one row more than the page holds. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  limit: number,
  { view, cursor }: { readonly view: (row: Row) => Item; readonly cursor: (row: Row) => string },
): { items: Item[]; nextCursor?: string } => {
  const items = rows.slice(0, limit).map(view)
  const last = rows[limit - 1]
  return rows.length > limit && last !== undefined ? { items, nextCursor: cursor(last) } : { items }
}
