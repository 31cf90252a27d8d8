import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { chargingProfile } from './charging-profile.ts'

const wish = {
  profileNumber: 11,
  startsAt: epochMs(Date.UTC(2026, 5, 15, 12)),
  periods: [
    { startSeconds: 0, limitW: 2_990, phases: 1 },
    { startSeconds: 1_800, limitW: 6_900, phases: 3 },
    { startSeconds: 3_600, limitW: 0, phases: 3 },
  ],
  phases: 3,
  voltageV: 230,
  inAmperes: true,
} as const

const periods = (choosesPhase: boolean, own = {}) =>
  chargingProfile({ ...wish, ...own }, { purpose: 'TxProfile', capabilities: { switchesPhases: true, choosesPhase }, transactionId: '12' })
    .chargingSchedule[0]!.chargingSchedulePeriod

test('a schedule that switches says on how many phases, with amperes by phase', () => {
  assert.deepEqual(periods(false), [
    { startPeriod: 0, limit: 13, numberPhases: 1 },
    { startPeriod: 1_800, limit: 10, numberPhases: 3 },
    { startPeriod: 3_600, limit: 0, numberPhases: 3 },
  ])
})

test('a station that can choose the phase is told its first; one whose EVSE has a single phase is not', () => {
  assert.deepEqual(periods(true)[0], { startPeriod: 0, limit: 13, numberPhases: 1, phaseToUse: 1 })
  assert.equal('phaseToUse' in periods(true)[1]!, false)
  assert.equal('phaseToUse' in periods(true, { phases: 1 })[0]!, false)
})
