import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PRODUCTION, type TypeTable } from '../../../packages/wire/src/exi/grammar-tables.ts'
import { planOf } from './plan.ts'
import { select } from './select.ts'

const { attribute, element, wildcard, end } = PRODUCTION
const A = 7
const B = 8
const C = 9

/** A type of states: loops, limit, the state after them, and productions of kind, what they are of, and the state behind them. */
const type = (...states: TypeTable['states']): TypeTable => ({ lists: [C], states })
const stepsOf = (table: TypeTable) => planOf(table)?.steps.map(({ of, optional }) => [of, optional.length > 0])

test('fields come in an order in which the grammar can meet all of them, and know whether they may be left out', () => {
  const sequence = type([0, 0, 0, attribute, B, 1, element, A, 2], [0, 0, 0, element, A, 2], [0, 0, 0, end, 0, 0])
  assert.deepEqual(stepsOf(sequence), [
    [B, true],
    [A, false],
  ])
})

test('both of a choice are steps, and the states say that only one can be taken', () => {
  const plan = planOf(type([0, 0, 0, element, A, 1, element, B, 1], [0, 0, 0, end, 0, 0]))
  assert.deepEqual(
    plan?.steps.map(({ of, before, optional, codes }) => [of, before, optional, [...codes.keys()]]),
    [
      [A, [0], [0], [0]],
      [B, [0, 1], [1], [0]],
    ],
  )
  assert.deepEqual(plan?.last, [1])
})

test('a list knows how many items it can have, also where one state counts them', () => {
  const counted = type([0, 0, 0, element, C, 1], [1, 4, 2, element, C, 1, end, 0, 0], [0, 0, 0, end, 0, 0])
  assert.deepEqual(planOf(counted)?.steps[0]?.repeats, { min: 1, max: 5, codes: [{ code: 0, width: 2 }], states: [1], full: 2 })
  const pair = type([0, 0, 0, element, C, 1], [0, 0, 0, element, C, 2], [0, 0, 0, end, 0, 0])
  assert.deepEqual([planOf(pair)?.steps[0]?.repeats?.min, planOf(pair)?.steps[0]?.repeats?.max], [2, 2])
})

test('groups that repeat, and content that nothing can be said of, are left to the walk', () => {
  assert.equal(planOf(type([0, 0, 0, element, A, 1], [0, 0, 0, element, B, 0, end, 0, 0])), undefined)
  assert.equal(planOf(type([0, 0, 0, wildcard, 0, 1], [0, 0, 0, end, 0, 0])), undefined)
})

test('what depends on the state is one number, a difference or a few comparisons', () => {
  const of = (...values: [number, number][]) => select(new Map(values))
  assert.equal(of([1, 5], [4, 5]), '5')
  assert.equal(of([1, 5], [2, 4], [4, 2]), '6 - s')
  assert.equal(of([4, 1], [1, 3], [2, 3]), 's <= 2 ? 3 : 1')
})
