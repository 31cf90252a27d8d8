import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR } from '@voltway/units'
import { Problem } from '../problems.ts'
import { refuseStart } from './refuse-start.ts'

const now = epochMs(Date.parse('2026-06-15T12:00:00Z'))
const booked = { state: 'pushed', evseCode: 'VWLEFT', endsAt: epochMs(now + HOUR) } as const
const refusal = (change: Partial<Parameters<typeof refuseStart>[0]>, evseCode = 'VWLEFT') => {
  try {
    refuseStart({ ...booked, ...change }, { evseCode, now })
    return undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.code
  }
}

for (const [sentence, change, evseCode, code] of [
  ['a reservation that is held starts at its connector', {}, 'VWLEFT', undefined],
  ['one that was cancelled starts nothing, also before its time', { state: 'cancelled' }, 'VWLEFT', 'STATE_CONFLICT'],
  ['one that was used is not used again', { state: 'completed' }, 'VWLEFT', 'STATE_CONFLICT'],
  ['one that was released is over', { state: 'released' }, 'VWLEFT', 'TOO_LATE'],
  ['one whose end has come is over', { endsAt: now }, 'VWLEFT', 'TOO_LATE'],
  ['another connector is the wrong one', {}, 'VWRIGHT', 'WRONG_EVSE'],
] as const)
  test(sentence, () => assert.equal(refusal(change, evseCode), code))
