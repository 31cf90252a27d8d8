import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso2Evcc, iso2Secc } from '../iso2/index.ts'
import { runCable } from '../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { checkEvseId } from './evse-id.ts'

const endWith = (evseId: string) =>
  runCable({
    secc: { ...SECC_OPTIONS, evseId, protocols: [iso2Secc] },
    evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc] },
    station: willingStation(),
    car: willingCar,
    carSays: [[5_000, { word: 'stop' }]],
  }).ends.secc?.code

for (const [evseId, end] of [
  ['DE*AB*1', 'finished'],
  ['DE*A*1', 'unwritable'],
  ['', 'unwritable'],
  [`DE*ABC*E${'1'.repeat(29)}`, 'finished'],
  [`DE*ABC*E${'1'.repeat(30)}`, 'unwritable'],
] as const)
  test(`an id of ${evseId.length} characters is ${end === 'finished' ? 'taken' : 'refused'} before any car comes, as its session would end`, () => {
    const checked = checkEvseId(evseId, 'evseIds[0]')
    assert.equal(checked.ok, end === 'finished')
    assert.equal(endWith(evseId), end)
    if (!checked.ok) assert.deepEqual([checked.failure.code, checked.failure.field], ['evseId', 'evseIds[0]'])
  })

test('an id with blanks or letters of no code is refused', () => {
  for (const evseId of ['DE*ABC E1', 'DE*ÄBC*E1', 'DE*ABC*E1\n']) assert.equal(checkEvseId(evseId).ok, false, evseId)
})
