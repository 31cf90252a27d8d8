import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainCode } from './plain-code.ts'

test('codes read as words, and what is no code stays as it came', () => {
  for (const [code, words] of [
    ['GroundFailure', 'Ground failure'],
    ['EVCommunicationError', 'EV communication error'],
    ['OverVoltage', 'Over voltage'],
    ['endedBeforeStart', 'Ended before start'],
    ['E-17/b', 'E-17/b'],
    ['', ''],
  ] as const)
    assert.equal(plainCode(code), words)
})
