import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PAPER_TARIFF } from './paper-tariff.ts'
import { tariffToJson } from './tariff-to-json.ts'
import { arbitraryTariff } from './testing/arbitrary-tariff.ts'
import { parseTariff } from './validate-tariff.ts'

const paper = tariffToJson(PAPER_TARIFF)
const list = {
  kind: 'elements',
  name: 'list',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: '190000', pricesInclude: true },
  elements: [{ perKwh: '400000' }],
}

test('what was written is read back the same, through real JSON', () => {
  fc.assert(
    fc.property(arbitraryTariff, (tariff) => {
      const parsed = parseTariff(JSON.parse(JSON.stringify(tariffToJson(tariff))))
      if (parsed.ok) assert.deepEqual(parsed.value, tariff)
      // Random elements may shadow each other; nothing else may be refused.
      else for (const { code } of parsed.failure) assert.equal(code, 'contradiction')
    }),
    { seed: 8, numRuns: 300 },
  )
  assert.deepEqual(parseTariff(paper), { ok: true, value: PAPER_TARIFF })
})

for (const [what, json, code, path] of [
  ['nothing', undefined, 'missing', 'kind'],
  ['another kind', { ...list, kind: 'flat' }, 'format', 'kind'],
  ['no name', { ...list, name: ' ' }, 'empty', 'name'],
  ['an unknown zone', { ...list, timeZone: 'Europe/Atlantis' }, 'zone', 'timeZone'],
  ['an offset for a zone', { ...list, timeZone: '+02:00' }, 'zone', 'timeZone'],
  ['an unknown currency', { ...list, currency: 'EUX' }, 'currency', 'currency'],
  ['a price as a number', { ...list, elements: [{ perKwh: 400_000 }] }, 'type', 'elements[0].perKwh'],
  ['a negative price', { ...list, elements: [{ perKwh: '-1' }] }, 'range', 'elements[0].perKwh'],
  ['a price with a decimal point', { ...list, elements: [{ perKwh: '0.40' }] }, 'type', 'elements[0].perKwh'],
  ['an empty price', { ...list, elements: [{ perKwh: '' }] }, 'type', 'elements[0].perKwh'],
  [
    'eight days a week',
    { ...list, elements: [{ perKwh: '1', when: { weekdays: Array(8).fill('MONDAY') } }] },
    'range',
    'elements[0].when.weekdays',
  ],
  ['VAT as a text', { ...list, vat: '19 %' }, 'type', 'vat'],
  ['elements that are none', { ...list, elements: ['0.40'] }, 'type', 'elements[0]'],
  ['a misspelt price', { ...list, elements: [{ perKWh: '1', perKwh: '1' }] }, 'unknown', 'elements[0].perKWh'],
  ['VAT above all', { ...list, vat: { ratePpm: '1000001', pricesInclude: true } }, 'range', 'vat.ratePpm'],
  ['half past twenty-five', { ...list, elements: [{ perKwh: '1', when: { startTime: '25:30' } }] }, 'format', 'elements[0].when.startTime'],
  [
    'the thirtieth of February',
    { ...list, elements: [{ perKwh: '1', when: { seasonEnd: '02-30' } }] },
    'format',
    'elements[0].when.seasonEnd',
  ],
  ['no weekday', { ...list, elements: [{ perKwh: '1', when: { weekdays: [] } }] }, 'empty', 'elements[0].when.weekdays'],
  ['an empty element', { ...list, elements: [{ name: 'none' }] }, 'empty', 'elements[0]'],
  ['no price at all', { ...list, elements: [] }, 'empty', 'elements'],
  [
    'a window of no length',
    { ...list, elements: [{ perKwh: '1', when: { startTime: '08:00', endTime: '08:00' } }] },
    'contradiction',
    'elements[0].when.endTime',
  ],
  ['an element that never applies', { ...list, elements: [{ perKwh: '1' }, { perKwh: '2' }] }, 'contradiction', 'elements[1].perKwh'],
  [
    'an element that names the days of an earlier one in another order',
    {
      ...list,
      elements: [
        { perKwh: '1', when: { weekdays: ['MONDAY', 'SUNDAY'] } },
        { perMinute: '1', when: { weekdays: ['SUNDAY', 'MONDAY'] } },
        { perKwh: '2', when: { weekdays: ['SUNDAY', 'MONDAY'], startTime: '00:00' } },
      ],
    },
    'contradiction',
    'elements[2].perKwh',
  ],
  ['a band of no length', { ...list, bands: [{ from: 9, to: 9, perKwh: '1' }] }, 'contradiction', 'bands[0].to'],
  [
    'bands that overlap',
    {
      ...list,
      bands: [
        { from: 0, to: 9, perKwh: '1' },
        { from: 5, to: 12, perKwh: '1' },
      ],
    },
    'contradiction',
    'bands[1].from',
  ],
  [
    'a floor over the cap',
    { ...list, dynamic: { series: 's', markupPerKwh: '0', factorPpm: '1', floorPerKwh: '2', capPerKwh: '1' } },
    'contradiction',
    'dynamic.floorPerKwh',
  ],
  ['a grace of half a minute', { ...list, idle: { perMinute: '1', graceMinutes: 0.5 } }, 'type', 'idle.graceMinutes'],
  [
    'a multiplier missing',
    { ...paper, multipliersPpm: { offPeakFree: '0', offPeakTaken: '0', peakFree: '0' } },
    'missing',
    'multipliersPpm.peakTaken',
  ],
  ['a prototype for a field', JSON.parse('{"kind":"evcms","__proto__":{}}'), 'unknown', '__proto__'],
] as const) {
  test(`refused, with the field named: ${what}`, () => {
    const parsed = parseTariff(json)
    assert.ok(!parsed.ok)
    assert.ok(
      parsed.failure.some((fault) => fault.code === code && fault.path === path),
      JSON.stringify(parsed.failure),
    )
  })
}

test('bands alone are a price, and so is a series to follow', () => {
  const bands = [0, 9, 20].map((from) => ({ from, to: from + 9, perKwh: '1' }))
  assert.equal(parseTariff({ ...list, elements: [], bands }).ok, true)
  assert.equal(parseTariff({ ...list, elements: [], dynamic: { series: 's', markupPerKwh: '0', factorPpm: '1' } }).ok, true)
  assert.equal(parseTariff({ ...list, elements: [], bands: [] }).ok, false)
})

test('elements that differ in any of their times are none the less of use', () => {
  const times = [
    { startTime: '08:00' },
    { endTime: '08:00' },
    { weekdays: ['MONDAY'] },
    { weekdays: ['MONDAY', 'TUESDAY'] },
    { seasonStart: '03-01' },
    { seasonEnd: '03-01' },
    undefined,
  ]
  const elements = times.map((when) => ({ perKwh: '1', perMinute: '1', perSession: '1', ...(when && { when }) }))
  assert.equal(parseTariff({ ...list, elements }).ok, true)
})

test('any JSON at all is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(list), 'idle', 'dynamic', 'bands'), (value, key) => {
      assert.equal(typeof parseTariff(value).ok, 'boolean')
      assert.equal(typeof parseTariff({ ...list, [key]: value }).ok, 'boolean')
    }),
    { seed: 9, numRuns: 500 },
  )
})
