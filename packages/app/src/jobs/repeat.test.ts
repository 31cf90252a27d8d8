import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Milliseconds } from '@voltway/units'
import { manualClock } from '../ocpp/testing/manual-clock.ts'
import { repeat } from './repeat.ts'

const turnsDone = () => new Promise((resolve) => setImmediate(resolve))

test('a turn comes at once and after each wait, also after one that failed', async () => {
  const clock = manualClock()
  const errors: unknown[] = []
  let turns = 0
  const repeating = repeat(clock, 100 as Milliseconds, {
    turn: async () => {
      if (++turns === 2) throw new Error('the second')
    },
    onError: (error) => errors.push(error),
  })
  await turnsDone()
  for (let waits = 0; waits < 3; waits++) {
    clock.advance(100)
    await turnsDone()
  }
  assert.deepEqual([turns, errors.length], [4, 1])
  await repeating.end()
  clock.advance(1_000)
  await turnsDone()
  assert.equal(turns, 4)
})

test('the end waits for the turn that runs, and no other follows it', async () => {
  const clock = manualClock()
  let finish = () => {}
  let turns = 0
  const repeating = repeat(clock, 100 as Milliseconds, {
    turn: () => {
      turns++
      return new Promise((resolve) => {
        finish = resolve
      })
    },
    onError: (error) => assert.fail(String(error)),
  })
  let ended = false
  const end = repeating.end().then(() => {
    ended = true
  })
  await turnsDone()
  assert.equal(ended, false)
  finish()
  await end
  clock.advance(1_000)
  await turnsDone()
  assert.equal(turns, 1)
})
