import assert from 'node:assert/strict'
import { test } from 'node:test'
import { periodsOf } from './send-profiles.ts'

const at = (clock: string) => `2026-03-02T${clock}:00.000Z`

test('pauses are periods of nothing, and the last power stays', () => {
  const curve = [
    { from: at('18:10'), to: at('18:20'), powerW: 7_400 },
    { from: at('18:30'), to: at('18:40'), powerW: 7_400 },
  ]
  assert.deepEqual(periodsOf({ start: at('18:00'), curve }), [
    { startSeconds: 0, limitW: 0 },
    { startSeconds: 600, limitW: 7_400 },
    { startSeconds: 1_200, limitW: 0 },
    { startSeconds: 1_800, limitW: 7_400 },
  ])
})

test('a station is told what is offered, not what a filling battery is expected to take', () => {
  const curve = [
    { from: at('18:00'), to: at('18:15'), powerW: 11_000 },
    { from: at('18:15'), to: at('18:30'), powerW: 6_200, limitW: 11_000 },
  ]
  assert.deepEqual(periodsOf({ start: at('18:00'), curve }), [{ startSeconds: 0, limitW: 11_000 }])
})
