import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EvseId, epochMs } from '@voltway/units'
import { type BookedSlot, checkStart, START_RULES, type StartAttempt } from './check-start.ts'
import { walkInUntil } from './walk-in-until.ts'

const at = (clock: string) => epochMs(Date.parse(`2026-03-02T${clock}:00Z`))
const [left, right] = ['left' as EvseId, 'right' as EvseId]
const booked = (extra: Partial<BookedSlot> = {}): BookedSlot => ({
  number: 7,
  evse: left,
  token: 'anna',
  state: 'pushed',
  start: at('17:00'),
  end: at('18:00'),
  ...extra,
})
const attempt = (extra: Partial<StartAttempt<BookedSlot>> = {}): StartAttempt<BookedSlot> => ({
  reservations: [booked()],
  evse: left,
  now: at('17:00'),
  token: 'anna',
  ...extra,
})

const refusals: [string, Partial<StartAttempt<BookedSlot>>, string][] = [
  ['a booking id that nobody has is a wrong booking', { number: 8 }, 'wrongBooking'],
  ['somebody else’s booking is a wrong booking', { number: 7, token: 'bob' }, 'wrongBooking'],
  ['a card without a reservation is a wrong booking', { reservations: [] }, 'wrongBooking'],
  ['the connector beside the reserved one is the wrong EVSE', { evse: right }, 'wrongEvse'],
  ['more than a quarter of an hour before is too early', { now: at('16:44') }, 'tooEarly'],
  ['more than a quarter of an hour after the start it has expired', { now: at('17:16') }, 'expired'],
  ['a released reservation has expired', { reservations: [booked({ state: 'released' })] }, 'expired'],
  ['a short slot expires at its end', { reservations: [booked({ end: at('17:10') })], now: at('17:11') }, 'expired'],
  ['a reservation in use is not used twice', { reservations: [booked({ state: 'active' })] }, 'alreadyUsed'],
  ['a reservation that was used is not used again', { reservations: [booked({ state: 'completed' })] }, 'alreadyUsed'],
  ['a cancelled reservation starts nothing', { reservations: [booked({ state: 'cancelled' })] }, 'cancelled'],
  [
    'of two refusals the one nearest in time is told',
    { reservations: [booked({ state: 'completed', start: at('08:00'), end: at('09:00') }), booked()], now: at('16:00') },
    'tooEarly',
  ],
]
for (const [sentence, extra, failure] of refusals)
  test(sentence, () => assert.deepEqual(checkStart(attempt(extra)), { ok: false, failure }))

const starts: [string, Partial<StartAttempt<BookedSlot>>][] = [
  ['a reservation starts at its time', {}],
  ['by its booking id', { number: 7 }],
  ['a quarter of an hour early', { now: at('16:45') }],
  ['a quarter of an hour late', { now: at('17:15') }],
  ['also when the station refused to hold it', { reservations: [booked({ state: 'confirmed' })] }],
  ['also beside another that was cancelled', { reservations: [booked({ state: 'cancelled', number: 6 }), booked()] }],
]
for (const [sentence, extra] of starts)
  test(sentence, () => {
    const answer = checkStart(attempt(extra))
    assert.equal(answer.ok && answer.value.number, 7)
  })

test('how early and how late are parameters', () => {
  assert.ok(checkStart(attempt({ now: at('16:00') }), { ...START_RULES, earlyMs: 3_600_000 }).ok)
  assert.deepEqual(checkStart(attempt({ now: at('17:01') }), { ...START_RULES, lateMs: 0 }), { ok: false, failure: 'expired' })
})

test('who comes without a reservation charges until the next one begins, and not on a held EVSE', () => {
  const later = booked({ start: at('19:00'), end: at('20:00') })
  assert.equal(walkInUntil([booked(), later], { evse: left, now: at('16:30') }), at('17:00'))
  assert.equal(walkInUntil([booked(), later], { evse: left, now: at('16:45') }), undefined)
  assert.equal(walkInUntil([booked(), later], { evse: left, now: at('17:20') }), at('19:00'))
  assert.equal(walkInUntil([booked({ state: 'active' })], { evse: left, now: at('17:20') }), undefined)
  assert.equal(walkInUntil([booked({ state: 'cancelled' }), later], { evse: right, now: at('17:00') }), Infinity)
})
