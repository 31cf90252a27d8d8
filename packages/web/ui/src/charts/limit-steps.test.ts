import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitSteps } from './limit-steps.ts'

const at = (hour: number) => `2026-06-15T${String(hour).padStart(2, '0')}:00:00Z`
const span = (from: number, to: number, powerW: number) => ({ from: at(from), to: at(to), powerW })
const DAY = { from: at(8), to: at(18) }

test('a limit that nothing caps is one step', () => {
  assert.deepEqual(limitSteps(40_000, [], DAY), [span(8, 18, 40_000)])
})

test('a cap lowers the limit for its time, and a higher one does not raise it', () => {
  assert.deepEqual(limitSteps(40_000, [span(10, 12, 15_000), span(14, 15, 60_000)], DAY), [
    span(8, 10, 40_000),
    span(10, 12, 15_000),
    span(12, 18, 40_000),
  ])
})

test('caps that begin before or end after what is seen are cut; one behind another joins it', () => {
  assert.deepEqual(limitSteps(40_000, [span(6, 9, 20_000), span(9, 10, 10_000), span(17, 20, 5_000)], DAY), [
    span(8, 9, 20_000),
    span(9, 10, 10_000),
    span(10, 17, 40_000),
    span(17, 18, 5_000),
  ])
})

test('without a limit there are only the caps, and without both there is nothing', () => {
  assert.deepEqual(limitSteps(undefined, [span(10, 12, 15_000)], DAY), [span(10, 12, 15_000)])
  assert.deepEqual(limitSteps(undefined, [span(2, 3, 15_000)], DAY), [])
})
