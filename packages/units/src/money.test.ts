import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, minorDigitsOf, money, moneyToJson } from './money.ts'

test('money keeps its currency, and more micros than a number could hold', () => {
  const much = money(9_007_199_254_740_993n, currency('GBP'))
  assert.deepEqual(much, { currency: 'GBP', micros: 9_007_199_254_740_993n })
  assert.deepEqual(moneyToJson(much), { currency: 'GBP', micros: '9007199254740993' })
  assert.deepEqual(moneyToJson(money(-1n, currency('EUR'))), { currency: 'EUR', micros: '-1' })
})

test('coins are as small as ISO 4217 has them', () => {
  for (const [code, digits] of [
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['EUR', 2],
  ] as const)
    assert.equal(minorDigitsOf(currency(code)), digits, code)
})
