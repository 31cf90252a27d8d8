import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LedgerEntry } from '../../money-types.ts'
import { isBalanced, sumsOf } from './ledger-sums.ts'
import { unbalanced } from './unbalanced.ts'

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

test('entries in error are those of a posting that does not come to nothing, unless the rest of it may follow', () => {
  const entry = (transactionId: string, line: number, micros: number): LedgerEntry => ({
    transactionId,
    line,
    account: 'revenue:charging',
    amount: { currency: 'GBP', micros: String(micros) },
    description: '',
    postedAt: '2026-06-15T12:00:00Z',
  })
  const entries = [entry('a', 1, 500), entry('a', 2, -500), entry('b', 1, 300), entry('b', 2, -299), entry('c', 1, 100)]
  const named = (hasMore: boolean) => unbalanced(entries, hasMore).map(({ transactionId, line }) => `${transactionId}${line}`)
  assert.deepEqual(named(true), ['b1', 'b2'])
  assert.deepEqual(named(false), ['b1', 'b2', 'c1'])
})
