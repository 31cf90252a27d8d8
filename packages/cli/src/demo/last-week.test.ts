import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, seeded } from '@voltway/units'
import { lastWeek } from './last-week.ts'

const now = epochMs(Date.parse('2026-06-05T18:00:00Z'))
const token = () => ({ hash: new Uint8Array(32), lastFour: '0001' })
/** Slow connectors have the longest charges: six hours and more. */
const station = {
  evses: [
    { evse: 1, maxPowerW: 3_700, perDay: 10 },
    { evse: 2, maxPowerW: 150_000, perDay: 14 },
  ],
} as const

test('the week behind the demo is over before the demo begins, on every connector', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const facts = lastWeek(station, { now, days: 7, random: seeded(seed), token })
    assert.ok(facts.length > 100)
    const late = facts.filter((fact) => 'occurredAt' in fact && fact.occurredAt > now)
    assert.deepEqual(late, [], `seed ${seed}`)
  }
})

test('a connector of the week behind charges one car at a time', () => {
  const facts = lastWeek(station, { now, days: 7, random: seeded(7), token })
  for (const { evse } of station.evses) {
    const turns = facts.filter((fact) => 'evse' in fact && fact.evse === evse && fact.kind.startsWith('transaction.'))
    assert.ok(turns.length > 10)
    const words = turns.map(({ kind }) => kind)
    assert.deepEqual(
      words,
      turns.map((_, index) => (index % 2 === 0 ? 'transaction.started' : 'transaction.ended')),
    )
  }
})
