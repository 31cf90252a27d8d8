import pg from 'pg'

const INT8 = 20
const NUMERIC = 1700
const INT8_ARRAY = 1016
const NUMERIC_ARRAY = 1231
/** date, timestamp, timestamptz, time, timetz, interval and their arrays: kept as text, since instants are bigint columns. */
const CALENDAR = new Set<number>([1082, 1114, 1184, 1083, 1266, 1186, 1182, 1115, 1185, 1183, 1270, 1187])

/** @throws RangeError beyond 2^53, where a number would silently round */
export const parseInt8 = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
  return value
}

/** @throws RangeError when there is a fraction: money and sums of whole numbers have none */
export const parseNumeric = (text: string): bigint => {
  if (!/^-?\d+$/.test(text)) throw new RangeError(`numeric ${text} is not a whole number: cast it in the query`)
  return BigInt(text)
}

type Parse = (text: string) => unknown

/** One-dimensional arrays of numbers, which are never quoted: `{1,2,NULL}`. */
const arrayOf = (parse: Parse) => (text: string) =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((item) => (item === 'NULL' ? null : parse(item)))

const PARSERS: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [INT8, parseInt8],
  [NUMERIC, parseNumeric],
  [INT8_ARRAY, arrayOf(parseInt8)],
  [NUMERIC_ARRAY, arrayOf(parseNumeric)],
])

const calendar: Parse = (text) => text

/** bigint as number, numeric as bigint, calendar types as text, all else as the driver has it. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format === 'binary') return pg.types.getTypeParser(oid, 'binary')
    if (CALENDAR.has(oid)) return calendar
    return PARSERS.get(oid) ?? pg.types.getTypeParser(oid, 'text')
  },
}
