import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figuresOf } from './figures.ts'
import { generatedYear } from './generated-year.ts'
import { runBookings } from './run-bookings.ts'
import { casesOf, summaryOf } from './summary.ts'
import { svgOf } from './svg-chart.ts'
import { agrees, tableOne, tableThree, tableTwo } from './tables.ts'

const year = runBookings(generatedYear(2024, 200))
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
