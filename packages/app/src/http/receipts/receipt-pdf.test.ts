import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { pdfLines } from '../testing/pdf-text.ts'
import { receiptPdf } from './receipt-pdf.ts'
import type { ReceiptView } from './receipt-schema.ts'

const money = (micros: number) => ({ currency: 'GBP', micros: String(micros) })
const RECEIPT: ReceiptView = {
  sessionId: '00000000-0000-7000-8000-000000000001',
  number: 1046,
  issuedAt: '2026-06-15T14:06:00Z',
  startedAt: '2026-06-15T11:55:00Z',
  chargingEndedAt: '2026-06-15T13:40:00Z',
  endedAt: '2026-06-15T14:05:00Z',
  connectedSeconds: 130 * 60,
  chargingSeconds: 105 * 60,
  timeZone: 'Europe/London',
  operator: { name: 'Harbour Charging', address: '1 Quay', vatNumber: 'GB 123' },
  station: { name: 'Bay 1', siteName: 'Café Quay', address: '2 Quay', evse: 'CCS · left' },
  driverName: 'Dana',
  vehicle: 'Blue car',
  importWh: 18_204,
  exportWh: 1_500,
  socStart: 20,
  socEnd: 47.5,
  stopReason: 'reservationEnded',
  tariffName: 'Day and night',
  pricesIncludeVat: true,
  cost: {
    currency: 'GBP',
    total: money(1_236_510_000),
    net: money(1_030_430_000),
    vat: money(206_080_000),
    vatRatePpm: '200000',
    lines: [
      { dimension: 'energy', label: 'Day', quantity: 18_204, unit: 'Wh', unitPrice: money(625_000), amount: money(11_380_000) },
      { dimension: 'idle', label: '', quantity: 1_500_000, unit: 'ms', unitPrice: money(49_035_200), amount: money(1_225_880_000) },
      { dimension: 'feedIn', label: '', quantity: 1_500, unit: 'Wh', unitPrice: money(-500_000), amount: money(-750_000) },
    ],
  },
  plan: {
    kind: 'powerEco',
    start: '2026-06-15T12:00:00Z',
    end: '2026-06-15T14:00:00Z',
    acceptedWh: 20_000,
    chargedWh: 18_204,
    accepted: money(12_500_000),
    charged: money(11_380_000),
    difference: money(-1_120_000),
  },
}

const read = async (receipt: ReceiptView) => pdfLines(await receiptPdf(receipt))
const has = (lines: readonly (readonly string[])[], ...line: readonly string[]) =>
  assert.ok(
    lines.some((one) => one.join(' | ') === line.join(' | ')),
    `${line.join(' | ')}\nis not among\n${lines.join('\n')}`,
  )

test('the page to print says who, where, with which car, when on the clock of the place, and how the battery did', async () => {
  const lines = await read(RECEIPT)
  has(lines, 'Charging receipt')
  has(lines, 'No. 1046')
  has(lines, 'Harbour Charging · 1 Quay · VAT no. GB 123')
  for (const fact of [
    ['Station', 'Café Quay, Bay 1'],
    ['Connector', 'CCS · left'],
    ['Address', '2 Quay'],
    ['Driver', 'Dana'],
    ['Vehicle', 'Blue car'],
    ['Plugged in', '2026-06-15 12:55'],
    ['Charging ended', '2026-06-15 14:40'],
    ['Disconnected', '2026-06-15 15:05'],
    ['Time zone', 'Europe/London'],
    ['Charging time', '1 h 45 min of 2 h 10 min connected'],
    ['Battery', '20 % to 47.5 %'],
    ['Ended by', 'End of the reserved time'],
  ])
    has(lines, ...fact)
})

test('energy in and energy given back stand on lines of their own, and every price with its amount', async () => {
  const lines = await read(RECEIPT)
  has(lines, 'Energy in', '18.204 kWh')
  has(lines, 'Energy out', '1.500 kWh')
  has(lines, 'Item', 'Quantity', 'Price incl. VAT', 'Amount incl. VAT')
  has(lines, 'Energy · Day', '18.204 kWh', '0.625 GBP/kWh', '11.38 GBP')
  has(lines, 'Idle time', '25 min', '49.0352 GBP/min', '1 225.88 GBP')
  has(lines, 'Energy given back', '1.500 kWh', '\u22120.50 GBP/kWh', '\u22120.75 GBP')
  has(lines, 'Net', '1 030.43 GBP')
  has(lines, 'VAT 20 %', '206.08 GBP')
  has(lines, 'Total', '1 236.51 GBP')
})

test('an amount that a cap ended says so: its quantity and price come to more', async () => {
  const [, idle] = RECEIPT.cost.lines
  const cost = { ...RECEIPT.cost, lines: [{ ...idle!, amount: money(20_000_000), isCapped: true }] }
  has(await read({ ...RECEIPT, cost }), 'Idle time (capped)', '25 min', '49.0352 GBP/min', '20.00 GBP')
})

test('the accepted plan stands beside what was charged', async () => {
  const text = (await read(RECEIPT)).flat().join(' ')
  assert.match(
    text,
    /Accepted plan: Power Eco, 2026-06-15 13:00 to 15:00, 20\.000 kWh for 12\.50 GBP\. Charged: 18\.204 kWh, 1\.12 GBP less\./,
  )
})

test('what is not known is left out, and every way to end has words', async () => {
  const { driverName: _, vehicle: __, socStart: ___, socEnd: ____, plan: _____, ...bare } = RECEIPT
  const names = (await read(bare)).map(([name]) => name)
  for (const name of ['Driver', 'Vehicle', 'Battery']) assert.ok(!names.includes(name), name)
  for (const stopReason of [
    'unauthorised',
    'reset',
    'energyLimit',
    'timeLimit',
    'other',
    'fault',
    'powerLoss',
    'operator',
    'batteryFull',
  ]) {
    const [, words] = (await read({ ...bare, stopReason })).find(([name]) => name === 'Ended by') ?? []
    assert.match(words ?? '', /^[A-Z][a-z]+( [a-z]+)*$/, stopReason)
  }
})

test('on the day on which an hour comes twice, times say which', async () => {
  const lines = await read({ ...RECEIPT, startedAt: '2026-10-25T00:30:00Z', chargingEndedAt: '2026-10-25T01:30:00Z' })
  has(lines, 'Plugged in', '2026-10-25 01:30 (UTC+01:00)')
  has(lines, 'Charging ended', '2026-10-25 01:30 (UTC+00:00)')
})

test('names stand in their own letters: Polish, Czech, Turkish, Romanian, Vietnamese, Greek, Cyrillic, Hindi', async () => {
  for (const name of [
    'Łukasz Żółć-Gęś',
    'Příliš Žluťoučký Kůň',
    'Şükrü Ağaoğlu İnönü',
    'Ștefan Țăranu',
    'Nguyễn Thảo Ảnh',
    'Νίκος Παπαδόπουλος ΐ',
    'Дмитрий Щукін-Їжакевич',
    'Ђорђе Њежић',
    'Grüße · € ₺ ₴ ₹ “so” … – № −1',
  ])
    has(await read({ ...RECEIPT, driverName: name, operator: { name } }), 'Driver', name)
  // Written with accents apart, it is the same name.
  has(await read({ ...RECEIPT, driverName: 'Příliš Łódź'.normalize('NFD') }), 'Driver', 'Příliš Łódź')
})

test('a character without type is seen to be missing, and the foot says so', async () => {
  const lines = await read({ ...RECEIPT, driverName: '山田 Taro 🚗', vehicle: 'Dana’s \u0000\ud800 car\nline two' })
  has(lines, 'Driver', '\ufffd\ufffd Taro \ufffd')
  has(lines, 'Vehicle', 'Dana’s \ufffd\ufffd car line two')
  assert.match(lines.flat().join(' '), /\ufffd stands for a character that this page has no type for/)
  assert.doesNotMatch((await read(RECEIPT)).flat().join(' '), /\ufffd/)
})

test('no text of any kind makes a receipt fail', async () => {
  const [line] = RECEIPT.cost.lines
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 12 }), async (text) => {
      const lines = line ? [{ ...line, label: text }] : []
      const pdf = await receiptPdf({ ...RECEIPT, driverName: text, tariffName: text, cost: { ...RECEIPT.cost, lines } })
      assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    }),
    { seed: 7, numRuns: 5 },
  )
})

test('the same receipt is the same file', async () => {
  assert.ok((await receiptPdf(RECEIPT)).equals(await receiptPdf(RECEIPT)))
})

test('sixty price lines and long names go on to another page, with nothing lost or printed on top of another', async () => {
  const [line] = RECEIPT.cost.lines
  const many = Array.from({ length: 60 }, (_, index) => ({ ...line!, label: `Band ${index + 1}` }))
  const operator = { name: 'Harbour Charging and Quays '.repeat(5).trim(), address: 'Quay '.repeat(30).trim() }
  const lines = await read({ ...RECEIPT, operator, cost: { ...RECEIPT.cost, lines: many } })
  for (const { label } of many) has(lines, `Energy · ${label}`, '18.204 kWh', '0.625 GBP/kWh', '11.38 GBP')
  const text = lines.flat().join(' ')
  assert.ok(text.includes(operator.name))
  assert.ok(text.indexOf('Band 60') < text.indexOf('Total 1 236.51 GBP'))
})
