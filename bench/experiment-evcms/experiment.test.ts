import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, type EpochMs, epochMs } from '@voltway/units'
import { figuresOf } from './figures.ts'
import { generatedYear } from './generated-year.ts'
import { runBookings } from './run-bookings.ts'
import { casesOf, summaryOf } from './summary.ts'
import { svgOf } from './svg-chart.ts'
import { agrees, tableOne, tableThree, tableTwo } from './tables.ts'

const year = runBookings(generatedYear(2024, 200))
const inOneWeek = ({ arrival, departure }: { readonly arrival: EpochMs; readonly departure: EpochMs }) => {
  const week = Math.floor(arrival / (7 * DAY)) * 7 * DAY
  const first = Date.parse('2026-03-26T00:00:00Z')
  return { arrival: epochMs(first + arrival - week), departure: epochMs(first + departure - week) }
}
const cents = (value: number) => Math.round(value * 100) / 100

test('Table 1 has the factors 0, 0.25, 0.5 and 1', () => {
  assert.deepEqual(
    tableOne().map(({ factor, taken, peak }) => [factor, taken, peak]),
    [
      [0, false, false],
      [0.25, true, false],
      [0.5, false, true],
      [1, true, true],
    ],
  )
})

test('all ten printed rows of Table 2 come out, from minutes and statuses alone', () => {
  const rows = tableTwo()
  assert.equal(rows.length, 10)
  for (const { tid, kWh, acm, ac, oc, printed } of rows)
    assert.ok(kWh === printed.kWh && acm === printed.acm && agrees(ac, printed.ac) && agrees(oc, printed.oc), `row ${tid}`)
})

test('the unrounded cost of rows 2 and 497 is 11.95, which the paper rounds both ways', () => {
  assert.deepEqual(
    tableTwo()
      .filter(({ printed }) => ['12.0', '11.9'].includes(printed.oc))
      .map(({ oc }) => oc),
    [11.95, 11.95],
  )
})

test('the paper’s rule gives the differences of Table 3, and ours never adds to what was asked', () => {
  const cases = tableThree()
  assert.deepEqual(
    cases.map(({ rule }) => cents(rule.optimised - rule.original)),
    [-0.75, -3, 0, 0.75],
  )
  assert.deepEqual(
    cases.map(({ paper, rule }) => [rule.original, rule.optimised].join() === [paper.original, paper.optimised].join()),
    [true, true, true, true],
  )
  assert.deepEqual(
    cases.map(({ voltway }) => voltway.optimised),
    [10.94, 10.86, 11.45, 11.39],
  )
})

test('in a generated year nobody is worse off, nobody charges after departure, and the cost is below the paper’s', () => {
  const [paper, voltway] = [summaryOf(year, 'paper'), summaryOf(year, 'voltway')]
  assert.deepEqual([voltway.worseOff, voltway.afterDeparture], [0, 0])
  assert.ok(voltway.meanCost < paper.meanCost)
  assert.ok(paper.worseOff > 0 && paper.afterDeparture > 0)
  assert.equal(
    casesOf(year).reduce((sum, { bookings }) => sum + bookings, 0),
    voltway.given,
  )
})

test('at a station of three EVSEs no slot is promised twice, and fewer are refused than at one', () => {
  const requests = generatedYear(7, 600).map((booking) => ({
    ...booking,
    // All in one week, so that they are in each other's way.
    wish: { ...booking.wish, ...inOneWeek(booking.wish) },
  }))
  const answers = runBookings(requests, 3)
  for (const system of ['original', 'paper', 'voltway'] as const)
    for (const evse of [0, 1, 2]) {
      const slots = answers.flatMap((answer) => (answer[system]?.evse === evse ? [answer[system]] : [])).sort((a, b) => a.start - b.start)
      assert.ok(slots.length > 50)
      assert.ok(slots.every(({ start }, index) => index === 0 || start >= slots[index - 1]!.end))
    }
  const ours = summaryOf(answers, 'voltway')
  assert.deepEqual([ours.worseOff, ours.afterDeparture], [0, 0])
  assert.ok(ours.refused > 0 && ours.refused < summaryOf(runBookings(requests), 'voltway').refused)
})

test('the four figures are drawn with every label, and only with numbers', () => {
  const figures = figuresOf(year)
  assert.equal(figures.length, 4)
  for (const { figure } of figures) {
    const svg = svgOf(figure)
    assert.doesNotMatch(svg, /NaN|Infinity|undefined/)
    assert.equal(svg.match(/<g /g)?.length, svg.match(/<\/g>/g)?.length)
    for (const { title, yLabel } of figure.panels) assert.ok(svg.includes(title) && svg.includes(yLabel))
  }
})
