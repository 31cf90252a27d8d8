import type { Json, JsonObject } from './json.ts'
import { tableLines } from './print-table.ts'
import type { CommandContext } from './verb.ts'

/** One column: its heading and what it says of a row. */
export type Column = readonly [heading: string, cell: (row: JsonObject) => string]

/** Prints rows as a table, or with --json as `{items}`. */
export const showRows = ({ values, out }: CommandContext, rows: readonly JsonObject[], columns: readonly Column[]): void => {
  if (values.json === true) out(JSON.stringify({ items: rows }))
  else if (rows.length === 0) out('None.')
  else
    for (const line of tableLines(
      columns.map(([heading]) => heading),
      rows.map((row) => columns.map(([, cell]) => cell(row))),
    ))
      out(line)
}

/** Prints one thing: as JSON in full, or as the given lines. */
export const showOne = ({ values, out }: CommandContext, value: Json, lines: () => readonly string[]): void => {
  if (values.json === true) out(JSON.stringify(value))
  else for (const line of lines()) out(line)
}
