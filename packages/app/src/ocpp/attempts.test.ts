import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttempts } from './attempts.ts'
import { manualClock } from './testing/manual-clock.ts'

test('of 10,000 wrong passwords in a minute at least 99 % are refused unheard', async () => {
  const clock = manualClock()
  const attempts = createAttempts(clock)
  let heard = 0
  for (let index = 0; index < 10_000; index++) {
    clock.advance(6)
    const attempt = await attempts.begin('198.51.100.7', `station-${index % 50}`)
    if (!attempt) continue
    heard++
    attempt.end(false)
  }
  assert.ok(heard <= 100, `${heard} were heard`)
  assert.ok(await attempts.begin('203.0.113.1', 'station-1'), 'the real station comes in from its own address')
})

test('guesses made at the same time do not slip through together', async () => {
  const attempts = createAttempts(manualClock())
  let heard = 0
  await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const attempt = await attempts.begin('198.51.100.7', `station-${index}`)
      if (!attempt) return
      heard++
      await new Promise((resolve) => setImmediate(resolve))
      attempt.end(false)
    }),
  )
  assert.equal(heard, 40)
})

test('a whole fleet behind one address may come back at the same moment', async () => {
  const attempts = createAttempts(manualClock())
  const all = await Promise.all(
    Array.from({ length: 2_000 }, async (_, index) => {
      const attempt = await attempts.begin('192.0.2.1', `station-${index}`)
      await new Promise((resolve) => setImmediate(resolve))
      attempt?.end(true)
      return attempt !== undefined
    }),
  )
  assert.ok(all.every(Boolean))
})

test('a station that has been right before is not locked out by a neighbour behind the same address', async () => {
  const attempts = createAttempts(manualClock())
  ;(await attempts.begin('192.0.2.1', 'good'))?.end(true)
  for (let index = 0; index < 100; index++) (await attempts.begin('192.0.2.1', `bad-${index}`))?.end(false)
  assert.equal(await attempts.begin('192.0.2.1', 'new'), undefined)
  assert.ok(await attempts.begin('192.0.2.1', 'good'))
})

test('who stops guessing is heard again after a while', async () => {
  const clock = manualClock()
  const attempts = createAttempts(clock)
  for (let index = 0; index < 20; index++) (await attempts.begin('192.0.2.1', 'one'))?.end(false)
  assert.equal(await attempts.begin('192.0.2.1', 'one'), undefined)
  clock.advance(10_001)
  assert.ok(await attempts.begin('192.0.2.1', 'one'))
})
