import { CONTRADICTIONS } from './contradictions.ts'
import type { CaseSummary, SystemSummary } from './summary.ts'
import type { Property } from './table-four.ts'
import { agrees, type CaseOfOurs, type RowOfOurs, type tableOne } from './tables.ts'

/** A table of text: columns as wide as their widest cell, numbers to the right. */
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const right = head.map((_, column) => rows.every((row) => /^[-+\d.,%–]*( %)?$/.test(row[column]!)))
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, column) => (right[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ')}`.trimEnd()
  return [line(head), `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`, ...rows.map(line)].join('\n')
}

const signed = (value: number) => (value > 0 ? `+${value.toFixed(2)}` : value.toFixed(2))
const money = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(2))
const share = (value: number) => `${(value * 100).toFixed(1)} %`

export const tableOneText = (rows: ReturnType<typeof tableOne>): string =>
  table(
    ['Factor', 'Availability', 'Peak time'],
    rows.map(({ factor, taken, peak }) => [String(factor), taken ? 'asked slot taken' : 'available', peak ? 'Peak On' : 'Peak Off']),
  )

export const tableTwoText = (rows: readonly RowOfOurs[]): string =>
  table(
    ['TID', 'Dh', 'Pow', 'PS', 'AS', 'ACM', 'AC', 'printed', 'SPS', 'moved', 'OC', 'printed', 'agrees'],
    rows.map((row) => {
      const { printed } = row
      const same = row.kWh === printed.kWh && row.acm === printed.acm && agrees(row.ac, printed.ac) && agrees(row.oc, printed.oc)
      const status = [row.tid, row.minutes, row.kWh, row.ps, row.as, row.acm].map(String)
      return [...status, String(row.ac), printed.ac, String(row.sps), String(row.moved), String(row.oc), printed.oc, same ? 'yes' : 'NO']
    }),
  )

export const tableThreeText = (cases: readonly CaseOfOurs[]): string =>
  table(
    ['Case', 'average kWh', 'original', 'paper', 'change', 'paper’s rule', 'Voltway', 'change', 'moved by min'],
    cases.map(({ case: number, averageWh, paper, rule, voltway, shiftMinutes }) => [
      String(number),
      (averageWh / 1_000).toFixed(2),
      money(paper.original),
      money(paper.optimised),
      signed(paper.optimised - paper.original),
      money(rule.optimised),
      money(voltway.optimised),
      signed(voltway.optimised - voltway.original),
      String(shiftMinutes),
    ]),
  )

export const tableFourText = (properties: readonly Property[]): string =>
  table(
    ['Property', 'Voltway', 'shown by'],
    properties.map(({ name, shown, evidence }) => [name, shown ? 'Yes' : 'not shown', evidence]),
  )

export const systemsText = (summaries: readonly SystemSummary[]): string =>
  table(
    ['System', 'served', 'refused', 'mean GBP', 'worse off', 'mean shift min', 'ends after departure', 'energy on-peak'],
    summaries.map((summary) => [
      summary.system,
      String(summary.given),
      String(summary.refused),
      money(summary.meanCost),
      String(summary.worseOff),
      summary.meanShiftMinutes.toFixed(1),
      String(summary.afterDeparture),
      share(summary.peakShare),
    ]),
  )

export const casesText = (cases: readonly CaseSummary[]): string =>
  table(
    ['Case', 'bookings', 'original', 'paper', 'Voltway', 'paper change', 'Voltway change'],
    cases.map(({ case: number, bookings, cost }) => [
      String(number),
      String(bookings),
      money(cost.original),
      money(cost.paper),
      money(cost.voltway),
      signed(cost.paper - cost.original),
      signed(cost.voltway - cost.original),
    ]),
  )

export const contradictionsText = (): string => CONTRADICTIONS.map((text, index) => `  ${index + 1}. ${text}`).join('\n')
