import { readMicros } from './read-decimal.ts'
import { zonedTimes } from './zoned-times.ts'

export interface ReadPrice {
  readonly from: string
  readonly to: string
  readonly perKwhMicros: string
}
export type PriceFault = 'columns' | 'time' | 'price' | 'order' | 'twice'
export interface PriceText {
  readonly prices: readonly ReadPrice[]
  /** Lines that cannot be read, counted from one. */
  readonly faults: readonly { readonly line: number; readonly fault: PriceFault }[]
}
export interface PriceFormat {
  /** IANA zone of times that name none. */
  readonly timeZone: string
  /** What the prices are per. */
  readonly per: 'kWh' | 'MWh'
}

interface Row {
  readonly line: number
  readonly from: number
  readonly to: number | undefined
  readonly micros: bigint
}
const HOUR = 3_600_000

const separatorOf = (text: string) => (text.includes('\t') ? '\t' : text.includes(';') ? ';' : ',')
/** Only where a comma does not part columns can it be a decimal one. */
const numberOf = (cell: string, separator: string) => (separator === ',' ? cell : cell.replace(',', '.'))
const unquoted = (cell: string) =>
  cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
const isHead = (cells: readonly string[]) => !cells.some((cell) => /\d/.test(cell))

/** Where a price has no end of its own the next one begins; the last is as long as the one before it. */
const withEnds = (rows: readonly Row[]): readonly ReadPrice[] =>
  rows.map(({ from, to, micros }, index) => {
    const [before, next] = [rows[index - 1], rows[index + 1]]
    const end = to ?? next?.from ?? from + (before ? from - before.from : HOUR)
    return { from: new Date(from).toISOString(), to: new Date(end).toISOString(), perKwhMicros: micros.toString() }
  })

/**
 * Reads prices from CSV: `start, price` or `start, end, price`, parted by comma, semicolon or tab, with or without a head. Times are
 * ISO 8601 or `2026-03-29 01:00`; without an offset they are on the wall clock of the zone, and an hour that the clock shows twice is read
 * as the first and then the second.
 */
export const readPrices = (text: string, { timeZone, per }: PriceFormat): PriceText => {
  const separator = separatorOf(text)
  const timeOf = zonedTimes(timeZone)
  const rows: Row[] = []
  const faults: { line: number; fault: PriceFault }[] = []
  const read = (cells: readonly string[], line: number): Row | PriceFault => {
    if (cells.length !== 2 && cells.length !== 3) return 'columns'
    const [from, to] = [timeOf(cells[0] ?? '', 'from'), cells.length === 3 ? timeOf(cells[1] ?? '', 'to') : undefined]
    if (from === undefined || (cells.length === 3 && to === undefined)) return 'time'
    const micros = readMicros(numberOf(cells.at(-1) ?? '', separator), per === 'MWh' ? 3 : 0)
    if (micros === undefined) return 'price'
    return to !== undefined && to <= from ? 'order' : { line, from, to, micros }
  }
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '') return
    const cells = content.split(separator).map(unquoted)
    if (rows.length === 0 && isHead(cells)) return
    const row = read(cells, index + 1)
    if (typeof row === 'string') faults.push({ line: index + 1, fault: row })
    else rows.push(row)
  })
  const sorted = rows.toSorted((a, b) => a.from - b.from)
  for (const [index, { from, line }] of sorted.entries()) if (from === sorted[index - 1]?.from) faults.push({ line, fault: 'twice' })
  return { prices: withEnds(sorted), faults: faults.toSorted((a, b) => a.line - b.line) }
}
