import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evseIdsOf } from './evse-ids.ts'
import { HighLevelUnusable } from './high-level-unusable.ts'
import { requireTariff } from './require-tariff.ts'

test('ids are made of the identity, whatever that is', () => {
  for (const identity of ['', 'CS-1', 'a very long identity of a station with forty-eight letters'])
    for (const id of evseIdsOf(identity, [1, 24])) assert.match(id, /^DE\*VLT\*E[A-Za-z0-9]{0,20}\*\d+$/)
  assert.deepEqual(evseIdsOf('CS-1', [1, 2], { evseIds: ['DE*ABC*E1'] }), ['DE*ABC*E1', 'DE*VLT*ECS1*2'])
})

test('one that no car could take is refused with the name of the option', () => {
  assert.throws(
    () => evseIdsOf('CS-1', [1, 2], { evseIds: ['DE*ABC*E1', 'E2'] }),
    (error) =>
      error instanceof HighLevelUnusable &&
      error.code === 'evseId' &&
      error.field === 'highLevel.evseIds[1]' &&
      /has 2 characters/.test(error.message),
  )
})

test('a tariff that cannot be offered is refused with the name of its field', () => {
  const tariff = { currency: 'EUR', language: 'en', timeZone: 'UTC', bands: [{ from: '06:00', perKwh: 'cheap' }] }
  assert.throws(
    () => requireTariff({ tariff }),
    (error) => error instanceof HighLevelUnusable && error.code === 'tariff' && error.field === 'highLevel.tariff.bands[0].perKwh',
  )
  requireTariff({ tariff: { ...tariff, bands: [{ from: '06:00', perKwh: '0.3' }] } })
  requireTariff({})
})
