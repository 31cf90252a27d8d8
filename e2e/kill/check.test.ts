import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBills, type FoundBill, type FoundMoney } from './check-bills.ts'
import { checkFacts } from './check-facts.ts'
import { meterKey, sessionKey, startKey, stepKey, stopKey } from './fact-key.ts'

const place = { tenantId: 't1', stationId: 's1' }
const facts = [
  startKey(place, 1_000, 0),
  meterKey(place, '1', 2_000, 600),
  stopKey(place, '1', { at: 3_000, registerWh: 1_200 }),
  stepKey(place, 'tx', { seqNo: 0, kind: 'transaction.started' }),
]
const book = { sent: new Set([...facts, 'under way']), acknowledged: new Set(facts) }
const NO_FACT_FAULT = { lost: [], invented: [], doubled: [] }

test('all that was acknowledged is there: no fault', () => {
  assert.deepEqual(checkFacts(book, facts), NO_FACT_FAULT)
})

test('what was kept and not acknowledged is no fault', () => {
  assert.deepEqual(checkFacts(book, [...facts, 'under way']), NO_FACT_FAULT)
})

for (const [index, fact] of facts.entries())
  test(`a lost ${fact.split('|')[0]} is found`, () => {
    assert.deepEqual(checkFacts(book, facts.toSpliced(index, 1)), { ...NO_FACT_FAULT, lost: [fact] })
  })

test('an invented fact is found', () => {
  const invented = meterKey(place, '1', 2_500, 700)
  assert.deepEqual(checkFacts(book, [...facts, invented]), { ...NO_FACT_FAULT, invented: [invented] })
})

test('a fact that went to another tenant is lost there and invented here', () => {
  const astray = meterKey({ ...place, tenantId: 't2' }, '1', 2_000, 600)
  assert.deepEqual(checkFacts(book, facts.with(1, astray)), { ...NO_FACT_FAULT, lost: [facts[1]], invented: [astray] })
})

test('a fact whose register was changed is lost and invented', () => {
  const changed = meterKey(place, '1', 2_000, 601)
  assert.deepEqual(checkFacts(book, facts.with(1, changed)), { ...NO_FACT_FAULT, lost: [facts[1]], invented: [changed] })
})

test('a fact that is there twice is found', () => {
  assert.deepEqual(checkFacts(book, [...facts, facts[2]!]), { ...NO_FACT_FAULT, doubled: [facts[2]] })
})

const priceOf = (importWh: number) => BigInt(importWh) * 450n
const [first, second] = [sessionKey(place, '1'), sessionKey(place, '2')]
const ended = new Map([
  [first, { importWh: 1_200 }],
  [second, { importWh: 600 }],
])
const bill = (session: string, receiptNumber: number, importWh: number): FoundBill => ({
  tenantId: 't1',
  session,
  importWh,
  totalMicros: priceOf(importWh),
  receiptNumber,
})
const bills = [bill(first, 1, 1_200), bill(second, 2, 600)]
const entry = (transactionId: string, sumMicros = 0n) => ({ tenantId: 't1', transactionId, currency: 'GBP', sumMicros })
const good: FoundMoney = { bills, ledger: [entry('l1'), entry('l2')] }
const NO_BILL_FAULT = { unbilled: [], billedTwice: [], billedUnasked: [], wrongAmount: [], unbalanced: [], postings: [], receiptGaps: [] }

test('each session billed once, in balance, numbered without gaps: no fault', () => {
  assert.deepEqual(checkBills({ ended }, good, priceOf), NO_BILL_FAULT)
})

const planted: readonly (readonly [sentence: string, found: FoundMoney, faults: object])[] = [
  ['a session without a bill', { bills: [bills[0]!], ledger: [entry('l1')] }, { unbilled: [second] }],
  [
    'a session that was billed twice',
    { bills: [...bills, bill(first, 3, 1_200)], ledger: [...good.ledger, entry('l3')] },
    { billedTwice: [first] },
  ],
  [
    'a bill for a session that did not end',
    { bills: [...bills, bill('session|t1|s1|9', 3, 600)], ledger: [...good.ledger, entry('l3')] },
    { billedUnasked: ['session|t1|s1|9'] },
  ],
  ['a bill for too much energy', { ...good, bills: [bill(first, 1, 1_800), bills[1]!] }, { wrongAmount: [first] }],
  ['a bill for too much money', { ...good, bills: [{ ...bills[0]!, totalMicros: 1n }, bills[1]!] }, { wrongAmount: [first] }],
  ['a posting out of balance', { ...good, ledger: [entry('l1', 10_000n), entry('l2')] }, { unbalanced: ['l1'] }],
  ['a bill that was posted twice', { ...good, ledger: [...good.ledger, entry('l3')] }, { postings: ['t1'] }],
  ['a bill that was not posted', { ...good, ledger: [entry('l1')] }, { postings: ['t1'] }],
  ['a missing receipt number', { ...good, bills: [bills[0]!, bill(second, 3, 600)] }, { receiptGaps: ['t1'] }],
  ['a receipt number that was given twice', { ...good, bills: [bills[0]!, bill(second, 1, 600)] }, { receiptGaps: ['t1'] }],
]
for (const [sentence, found, faults] of planted)
  test(`${sentence} is found`, () => assert.deepEqual(checkBills({ ended }, found, priceOf), { ...NO_BILL_FAULT, ...faults }))
