import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NO_CHOICES } from './more-choices.ts'
import { instantAt, nextAt, wallOf } from './wall-clock.ts'
import { firstForm, type WishForm, wishOf } from './wish.ts'

const NOW = Date.parse('2026-03-02T16:20:00Z')
const place = { evseCode: 'VW1', timeZone: 'Europe/London', now: NOW, vehicleId: 'car' }
const form = (changes: Partial<WishForm> = {}): WishForm => ({
  ...firstForm({ id: 'car', label: 'Car', batteryWh: 58_000, maxAcW: 11_000, connectorStandards: [] }),
  ...changes,
})

const GOOD: readonly (readonly [string, Partial<WishForm>, object])[] = [
  ['an empty arrival is now, and says nothing of it', {}, { departure: '2026-03-02T20:20:00.000Z', targetSocPercent: 80, socPercent: 20 }],
  ['an arrival today', { arrival: '18:00', hours: 2 }, { arrival: '2026-03-02T18:00:00Z', departure: '2026-03-02T20:00:00.000Z' }],
  [
    'a departure before the arrival is tomorrow',
    { arrival: '18:00', until: 'departure', departure: '07:30' },
    { departure: '2026-03-03T07:30:00Z' },
  ],
  ['another day alone keeps the time of day', { day: '2026-03-05' }, { arrival: '2026-03-05T16:20:00Z' }],
  ['energy in kWh', { amount: 'energy', kWh: 22.5 }, { energyWh: 22_500 }],
  ['a cap in millionths', { cap: 12.34 }, { priceCapMicros: '12340000' }],
  ['the slider at its cheap end', { haste: 0 }, { waitingMicrosPerHour: '0' }],
]
for (const [sentence, changes, expected] of GOOD)
  test(sentence, () => {
    const wish = wishOf(form(changes), place)
    assert.ok(typeof wish === 'object')
    assert.deepEqual({ ...wish, ...expected }, wish)
  })

const CHOSEN: readonly (readonly [string, Partial<WishForm>, object])[] = [
  [
    'a minimum by an hour that the arrival is past is by that hour tomorrow',
    { arrival: '18:00', hours: 24, more: { ...NO_CHOICES, minimumKWh: 7.5, minimumBy: '07:00' } },
    { goal: 'cheapest', minimum: { energyWh: 7_500, by: '2026-03-03T07:00:00Z' } },
  ],
  ['a last part in minutes', { more: { ...NO_CHOICES, lastPartMinutes: 30 } }, { goal: 'cheapest', lastPartMinutes: 30 }],
  ['one go', { more: { ...NO_CHOICES, uninterrupted: true } }, { goal: 'cheapest', uninterrupted: true }],
  ['without a goal, the side to which the slider leans', { haste: 3, more: { ...NO_CHOICES, uninterrupted: true } }, { goal: 'earliest' }],
  ['a goal of its own', { haste: 4, more: { ...NO_CHOICES, goal: 'cheapest' } }, { goal: 'cheapest' }],
]
for (const [sentence, changes, expected] of CHOSEN)
  test(`a choice is sent in place of the slider: ${sentence}`, () => {
    const wish = wishOf(form(changes), place)
    assert.ok(typeof wish === 'object')
    assert.deepEqual({ ...wish, ...expected }, wish)
    assert.ok(!('waitingMicrosPerHour' in wish))
  })

test('without a choice the slider is sent, and nothing of the choices', () => {
  const wish = wishOf(form(), place)
  assert.ok(typeof wish === 'object')
  for (const key of ['goal', 'minimum', 'lastPartMinutes', 'uninterrupted']) assert.ok(!(key in wish), key)
})

const BAD: readonly (readonly [string, Partial<WishForm>, string])[] = [
  ['a target below the battery of now', { socPercent: 80, targetPercent: 60 }, 'targetBelow'],
  ['no energy', { amount: 'energy', kWh: 0 }, 'energyMissing'],
  ['an arrival that is over', { arrival: '09:00' }, 'arrivalPast'],
  ['a minimum without its hour', { more: { ...NO_CHOICES, minimumKWh: 5 } }, 'minimumByMissing'],
  ['an hour without its minimum', { more: { ...NO_CHOICES, minimumBy: '22:00' } }, 'minimumMissing'],
  ['a departure that is not said', { until: 'departure' }, 'departureMissing'],
]
for (const [sentence, changes, problem] of BAD)
  test(`${sentence} is not asked for`, () => assert.equal(wishOf(form(changes), place), problem))

test('the wall clock is the site’s, on both sides of daylight saving', () => {
  assert.equal(instantAt('2026-07-01', '12:00', 'Europe/London'), '2026-07-01T11:00:00Z')
  assert.equal(instantAt('2026-03-29', '01:30', 'Europe/London'), '2026-03-29T01:30:00Z')
  assert.deepEqual(wallOf(Date.parse('2026-07-01T11:00:00Z'), 'Europe/London'), { day: '2026-07-01', time: '12:00' })
})

test('the next time a clock shows an hour is later today, or tomorrow', () => {
  assert.equal(nextAt('18:00', NOW, 'Europe/London'), '2026-03-02T18:00:00Z')
  assert.equal(nextAt('16:20', NOW, 'Europe/London'), '2026-03-03T16:20:00Z')
})
