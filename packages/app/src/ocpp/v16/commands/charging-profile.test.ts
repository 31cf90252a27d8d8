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

test('a schedule that switches says on how many phases, with amperes by phase', () => {
  const { chargingSchedule } = chargingProfile(wish, { purpose: 'TxProfile', capabilities: { switchesPhases: true }, transactionId: 12 })
  assert.deepEqual(chargingSchedule.chargingSchedulePeriod, [
    { startPeriod: 0, limit: 13, numberPhases: 1 },
    { startPeriod: 1_800, limit: 10, numberPhases: 3 },
    { startPeriod: 3_600, limit: 0, numberPhases: 3 },
  ])
})
