import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kiloWattHours, kiloWatts, money } from './quantities.ts'

const amounts: readonly (readonly [micros: string, shown: string])[] = [
  ['0', '0.00 EUR'],
  ['4600000', '4.60 EUR'],
  ['11950000', '11.95 EUR'],
  ['-1', '-0.000001 EUR'],
  ['1234500', '1.2345 EUR'],
  ['9007199254740993000000', '9007199254740993.00 EUR'],
]
for (const [micros, shown] of amounts) {
  test(`${micros} micro-units are ${shown}`, () => assert.equal(money({ currency: 'EUR', micros }), shown))
}

test('what is no figure is a dash', () => {
  assert.deepEqual([money(undefined), money({ currency: 'EUR', micros: '1.5' }), kiloWattHours(null), kiloWatts('7')], ['–', '–', '–', '–'])
})

test('watts and watt-hours are shown in thousands', () => {
  assert.deepEqual([kiloWatts(22_000), kiloWattHours(12_345)], ['22.0', '12.345'])
})
