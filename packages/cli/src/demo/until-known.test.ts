import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds } from '@voltway/units'
import { untilKnown } from './until-known.ts'

/** A clock on which no time passes while one waits. */
const clock = {
  after: (_: unknown, work: () => void) => {
    queueMicrotask(work)
    return () => {}
  },
}

test('the demo waits until nothing is offline or unknown and a car is charging, and not for ever', async () => {
  const seen = [
    [],
    ['offline', 'offline'],
    ['charging', 'unknown'],
    ['available', 'available'],
    ['available', 'charging'],
    ['never', 'asked'],
  ]
  await untilKnown({ statuses: async () => seen.shift() ?? [], clock })
  assert.deepEqual(seen, [['never', 'asked']])
  let asked = 0
  const statuses = async () => {
    asked += 1
    return ['offline']
  }
  await untilKnown({ statuses, clock, patience: milliseconds(1_000) })
  assert.equal(asked, 10)
})
