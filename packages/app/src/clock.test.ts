import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR, type Milliseconds, milliseconds } from '@voltway/units'
import { scaledClock, systemClock } from './clock.ts'

const elapsed = (clock: { after: (duration: Milliseconds, callback: () => void) => () => void }, duration: Milliseconds) =>
  new Promise<void>((resolve) => clock.after(duration, resolve))

test('a scaled clock begins where it is told', () => {
  const startAt = epochMs(1_700_000_000_000)
  const now = scaledClock({ startAt, rate: 1 }).now()
  assert.ok(now >= startAt && now < startAt + 60_000)
})

test('an hour of a fast clock is over when its own time says so', async () => {
  const clock = scaledClock({ startAt: epochMs(0), rate: 360_000 })
  for (let hours = 1; hours <= 20; hours++) {
    const before = clock.now()
    await elapsed(clock, HOUR)
    // A clock tells whole milliseconds.
    assert.ok(clock.now() - before >= HOUR - 1, `it was over after ${clock.now() - before} ms`)
  }
})

test('a cancelled wait never calls back', async () => {
  let called = false
  const cancel = systemClock.after(milliseconds(5), () => {
    called = true
  })
  cancel()
  await elapsed(systemClock, milliseconds(20))
  assert.equal(called, false)
})

test('a wait longer than the longest timer does not end at once', async () => {
  let called = false
  const cancel = systemClock.after(milliseconds(2 ** 40), () => {
    called = true
  })
  await elapsed(systemClock, milliseconds(20))
  cancel()
  assert.equal(called, false)
})

test('a clock that stands still or runs backwards is refused', () => {
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => scaledClock({ startAt: epochMs(0), rate }), RangeError)
})
