import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail, ok } from '@voltway/units'
import { Problem } from '../problems.ts'
import { planned } from './planned.ts'

test('a plan that was made is handed on', () => {
  assert.deepEqual(planned(ok([1, 2])), [1, 2])
})

for (const [name, failure, code] of [
  ['too many ask', { code: 'busy', waiting: 32 }, 'PLANNER_BUSY'],
  ['it took too long', { code: 'timeLimit', afterMs: 10_000 }, 'PLANNER_BUSY'],
  ['the server goes away', { code: 'closed' }, 'NOT_READY'],
] as const)
  test(`when ${name} the driver is told ${code}`, () => {
    assert.throws(
      () => planned(fail(failure)),
      (error) => error instanceof Problem && error.code === code,
    )
  })

test('a planner that crashed is a fault of ours, with its reason for the log', () => {
  assert.throws(
    () => planned(fail({ code: 'crashed', error: 'out of memory' })),
    (error) => error instanceof Error && !(error instanceof Problem) && error.message.includes('out of memory'),
  )
})
