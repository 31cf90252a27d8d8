import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, seconds, watts } from '@voltway/units'
import { startAfter } from './profile-power.ts'

const AT = epochMs(1_000_000)
const profile = (...steps: readonly (readonly [start: number, power: number])[]) => ({
  at: AT,
  chosen: { scheduleId: 1, entries: steps.map(([start, power]) => ({ start: seconds(start), power: watts(power) })) },
})

for (const [sentence, chosen, afterSeconds, expected] of [
  ['a car that waits begins with the next step that has power', profile([0, 0], [600, 0], [900, 7_000]), 60, 900],
  ['one that draws now waits for nothing', profile([0, 7_000], [600, 0]), 60, undefined],
  ['one whose profile is over neither', profile([0, 7_000], [600, 0]), 700, undefined],
  ['between two windows it waits for the second', profile([0, 7_000], [600, 0], [900, 7_000]), 700, 900],
] as const)
  test(sentence, () => {
    const found = startAfter(chosen, epochMs(AT + afterSeconds * 1_000))
    assert.equal(found === undefined ? undefined : (found - AT) / 1_000, expected)
  })
