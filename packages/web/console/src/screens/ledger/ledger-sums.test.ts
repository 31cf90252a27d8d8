import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBalanced, sumsOf } from './ledger-sums.ts'

const money = (currency: string, micros: string) => ({ currency, micros })

test('sums are exact beyond what a float holds, and each currency stands for itself', () => {
  const amounts = [money('GBP', '9007199254740993'), money('EUR', '-1'), money('GBP', '1')]
  assert.deepEqual(sumsOf(amounts), [money('EUR', '-1'), money('GBP', '9007199254740994')])
  assert.equal(isBalanced(amounts), false)
})

test('a movement balances in each of its currencies, not over them', () => {
  assert.ok(isBalanced([money('GBP', '5'), money('GBP', '-4'), money('GBP', '-1')]))
  assert.ok(!isBalanced([money('GBP', '5'), money('EUR', '-5')]))
  assert.ok(isBalanced([]))
})
