import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf } from '@voltway/units'
import { NO_CLOCK, readTimestamp, stationTime } from './timestamp.ts'

const now = epochMs(instantOf('2026-06-01T12:00:00Z') ?? 0)

test('believes a station only between 2015 and tomorrow', () => {
  for (const text of [NO_CLOCK, '2014-12-31T23:59:59Z', '2026-06-02T12:00:01Z', 'noon', undefined])
    assert.equal(stationTime(text, now), undefined, text ?? 'nothing')
  assert.equal(stationTime('2026-06-02T12:00:00Z', now), now + 86_400_000)
  assert.equal(stationTime('2015-01-01T00:00:00Z', now), 1_420_070_400_000)
})
test('does not read what is no time', () => {
  for (const text of ['', '2026-13-01T00:00:00Z', '2026-02-30 10:00:00', '12:00:00', '99999', 'T', '2026-06-01T25:00:00Z'])
    assert.equal(readTimestamp(text), undefined, text)
})
