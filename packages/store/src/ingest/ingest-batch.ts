import { binaryArray, type ElementType } from './binary-array.ts'
import type { IngestItem, IngestResult } from './ingest-item.ts'
import { PART_NAMES, PARTS, type Part, type PartName } from './ingest-parts.ts'
import { type IngestRow, putRows } from './ingest-rows.ts'
import { type IngestStatement, ingestStatement } from './ingest-statement.ts'

/** A batch ready to be sent: one statement, and how to read its one row. */
export interface IngestBatch {
  readonly statement: IngestStatement | undefined
  readonly parameters: readonly Buffer[]
  readonly resultsOf: (row: Readonly<Record<string, unknown>> | undefined) => readonly IngestResult[]
}

interface Written {
  readonly count: number
  readonly keys: readonly string[] | null
}

const inOrder = (rows: readonly IngestRow[]): readonly IngestRow[] => {
  const last = new Map(rows.map((row) => [row.key, row]))
  return [...last.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

const parametersOf = ({ columns }: Part, rows: readonly IngestRow[]) =>
  Object.values(columns).map((type: ElementType, column) => binaryArray(type, rows.length, (index) => rows[index]!.values[column]))

/** Marks the facts whose rows were new: of several rows with one key the first was. */
const markNew = (rows: readonly IngestRow[], { count, keys }: Written, isNew: Uint8Array) => {
  const unseen = count === rows.length ? undefined : new Set(keys)
  for (const { key, fact } of rows) if (unseen === undefined || unseen.delete(key)) isNew[fact!] = 1
}

/** @throws ValueOutOfRange when a fact has a number that its column cannot hold */
export const ingestBatch = (items: readonly IngestItem[]): IngestBatch => {
  const rows = new Map<PartName, IngestRow[]>()
  let facts = 0
  for (const item of items) {
    putRows(item, facts, (part, row) => {
      const sofar = rows.get(part)
      if (sofar) sofar.push(row)
      else rows.set(part, [row])
    })
    facts += item.facts.length
  }
  const names = PART_NAMES.filter((name) => rows.has(name))
  const sent = new Map(names.map((name) => [name, PARTS[name].lastOnly ? inOrder(rows.get(name)!) : rows.get(name)!]))
  return {
    statement: names.length === 0 ? undefined : ingestStatement(names),
    parameters: names.flatMap((name) => parametersOf(PARTS[name], sent.get(name)!)),
    resultsOf: (row) => {
      const isNew = new Uint8Array(facts)
      for (const name of names) if (PARTS[name].key !== undefined) markNew(sent.get(name)!, row?.[name] as Written, isNew)
      let first = 0
      return items.map(({ facts: { length } }) => {
        const inserted = isNew.subarray(first, first + length).reduce((sum, one) => sum + one, 0)
        first += length
        return { inserted, duplicates: length - inserted }
      })
    },
  }
}
