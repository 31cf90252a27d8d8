/**
 * Lines of a table: a heading and one line a row, columns as wide as their widest cell.
 * A column whose heading ends in a unit in brackets holds figures and stands to the right.
 */
export const tableLines = (headings: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = headings.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const toTheRight = headings.map((heading) => heading.endsWith(')'))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (toTheRight[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(headings), ...rows.map(line)]
}
