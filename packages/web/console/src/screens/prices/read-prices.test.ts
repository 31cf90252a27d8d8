import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMicros } from './read-decimal.ts'
import { type PriceFormat, readPrices } from './read-prices.ts'

const UTC: PriceFormat = { timeZone: 'UTC', per: 'kWh' }
const short = (text: string, format = UTC) =>
  readPrices(text, format).prices.map(({ from, to, perKwhMicros }) => `${from.slice(5, 16)} ${to.slice(11, 16)} ${perKwhMicros}`)

for (const [name, text, format, expected] of [
  [
    'start and price, with a head',
    'start,price\n2026-03-11T00:00Z,0.12\n2026-03-11T01:00Z,0.1',
    UTC,
    ['03-11T00:00 01:00 120000', '03-11T01:00 02:00 100000'],
  ],
  ['start, end and price without a head', '2026-03-11T00:00Z,2026-03-11T00:15Z,-0.004', UTC, ['03-11T00:00 00:15 -4000']],
  ['semicolons and decimal commas', 'von;bis;preis\n2026-03-11 00:00;2026-03-11 01:00;0,3127', UTC, ['03-11T00:00 01:00 312700']],
  [
    'tabs, quotes, empty lines and Windows line ends',
    '"2026-03-11 00:00"\t"0.2"\r\n\r\n"2026-03-11 00:30"\t"0.3"\r\n',
    UTC,
    ['03-11T00:00 00:30 200000', '03-11T00:30 01:00 300000'],
  ],
  [
    'prices per MWh',
    '2026-03-11T00:00Z,84.13\n2026-03-11T01:00Z,0.0005',
    { ...UTC, per: 'MWh' as const },
    ['03-11T00:00 01:00 84130', '03-11T01:00 02:00 1'],
  ],
  ['lines in any order', '2026-03-11T01:00Z,2\n2026-03-11T00:00Z,1', UTC, ['03-11T00:00 01:00 1000000', '03-11T01:00 02:00 2000000']],
  ['one price alone, which is an hour', '2026-03-11T00:00Z,1', UTC, ['03-11T00:00 01:00 1000000']],
  ['an offset, whatever the zone', '2026-03-11T00:00+02:00,1', { ...UTC, timeZone: 'America/New_York' }, ['03-10T22:00 23:00 1000000']],
  ['the wall clock of the zone', '2026-07-01 00:00,1', { ...UTC, timeZone: 'Europe/Berlin' }, ['06-30T22:00 23:00 1000000']],
] as const)
  test(`prices are read from ${name}`, () => {
    assert.deepEqual(readPrices(text, format).faults, [])
    assert.deepEqual(short(text, format), expected)
  })

test('the day that has an hour twice has twenty-five prices, the one that lacks an hour twenty-three', () => {
  const berlin = { timeZone: 'Europe/Berlin', per: 'kWh' } as const
  const hours = (day: string, list: readonly number[]) => list.map((hour) => `${day} ${String(hour).padStart(2, '0')}:00,0.1`).join('\n')
  const all = Array.from({ length: 24 }, (_, hour) => hour)
  const autumn = readPrices(hours('2026-10-25', [0, 1, 2, 2, ...all.slice(3)]), berlin)
  assert.deepEqual(autumn.faults, [])
  assert.equal(autumn.prices.length, 25)
  const spring = readPrices(
    hours(
      '2026-03-29',
      all.filter((hour) => hour !== 2),
    ),
    berlin,
  )
  assert.equal(spring.prices.length, 23)
  for (const { prices } of [autumn, spring])
    for (const { from, to } of prices) assert.equal(Date.parse(to) - Date.parse(from), 3_600_000, from)
})

test('every line that cannot be read is named with what is wrong', () => {
  const text = [
    'start,price',
    '2026-03-11T00:00Z,0.1',
    'tomorrow,1',
    '2026-03-11T01:00Z,cheap',
    '2026-03-11T02:00Z',
    '2026-03-11T00:00Z,0.2',
    '2026-13-40 00:00,1',
  ].join('\n')
  assert.deepEqual(readPrices(text, UTC).faults, [
    { line: 3, fault: 'time' },
    { line: 4, fault: 'price' },
    { line: 5, fault: 'columns' },
    { line: 6, fault: 'twice' },
    { line: 7, fault: 'time' },
  ])
  assert.deepEqual(readPrices('2026-03-11T02:00Z,2026-03-11T01:00Z,1', UTC).faults, [{ line: 1, fault: 'order' }])
  assert.deepEqual(readPrices('', UTC), { prices: [], faults: [] })
})

for (const [text, shift, expected] of [
  ['0.0000004', 0, 0n],
  ['0.0000005', 0, 1n],
  ['-0.0000005', 0, -1n],
  ['1', 3, 1000n],
  ['999999999999.999999', 0, 999999999999999999n],
  ['1e3', 0, undefined],
  ['', 0, undefined],
  ['1.', 0, undefined],
] as const)
  test(`"${text}" over 10^${shift} is ${expected} millionths`, () => assert.equal(readMicros(text, shift), expected))
