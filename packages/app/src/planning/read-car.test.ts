import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EvseToSteer, ProfileInForce, SessionToSteer } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { type EpochMs, epochMs, MINUTE, watts } from '@voltway/units'
import { carOf, ignoresProfile, inForceOf, phasesOf } from './read-car.ts'
import { periodsToJson, scheduleFrom } from './schedule-json.ts'

const at = (minutes: number): EpochMs => epochMs(1_781_000_000_000 + minutes * MINUTE)
const evse: EvseToSteer = {
  id: testId<'Evse'>(),
  siteId: testId<'Site'>(),
  stationId: testId<'ChargingStation'>(),
  sharedLimitW: null,
  phaseLimitA: null,
  phaseRotation: 'RST',
  capabilities: {},
  bootedAt: null,
  number: 1,
  currentType: 'AC',
  phases: 3,
  maxPowerW: 22_000,
  defaultStatus: null,
  defaultSentAt: null,
}
const told = (minute: number, limitW: number, own: Partial<ProfileInForce> = {}): ProfileInForce => ({
  startsAt: at(minute),
  exactUntil: at(600),
  phases: 3,
  schedule: [{ startSeconds: 0, limitW }],
  status: 'accepted',
  ...own,
})
const session: SessionToSteer = {
  id: testId<'Session'>(),
  evseId: evse.id,
  transactionId: 't',
  startedAt: at(0),
  importWh: 4_000,
  importAt: at(10),
  powerW: 11_000,
  powerAt: at(10),
  chargingState: 'charging',
  socPercent: null,
  batteryWh: null,
  maxAcW: null,
  maxDcW: null,
  reservationId: null,
  reservedFrom: null,
  reservedUntil: null,
  plan: null,
  vehicleNeeds: null,
  inForce: told(0, 22_000),
  lastStatus: 'accepted',
  lastSentAt: at(0),
  timesSent: 1,
}
const carWith = (own: Partial<SessionToSteer>, place: Partial<EvseToSteer> = {}, knownPower?: number) =>
  carOf({ ...session, ...own }, { ...evse, ...place }, { station: 0, now: at(11), knownPower })

for (const [sentence, own, knownPower, expected] of [
  ['a car that takes half of what it may is left a little more than it takes', {}, undefined, 12_100],
  ['a car that takes all it may could take more', { inForce: told(0, 11_000) }, undefined, 22_000],
  ['while a set-point is new, what was known of the car holds', { inForce: told(9.5, 22_000) }, 12_100, 12_100],
  ['what was measured before a set-point says nothing of it', { powerAt: at(4), inForce: told(5, 22_000) }, 12_100, 12_100],
  ['of a car that was never seen nothing is known', { powerW: null }, undefined, 22_000],
  ['a car that is known takes what it can', { powerW: null, maxAcW: 7_400 }, undefined, 7_400],
  ['one phase is a third of three', { powerW: 3_700, inForce: told(0, 3_700, { phases: 1 }) }, undefined, 7_333],
  ['nobody is held below what keeps a car charging', { powerW: 900 }, undefined, 1_400],
] as const)
  test(sentence, () => assert.equal(Math.round(carWith(own, {}, knownPower)?.maxPower ?? 0), expected))

for (const [sentence, own, place, expected] of [
  ['a car that takes 11 of 22 kW uses three phases', {}, {}, 3],
  ['a car that takes a third of what three phases offer uses one', { powerW: 7_300 }, {}, 1],
  ['once it was told as one phase it stays so', { powerW: 7_300, inForce: told(0, 7_360, { phases: 1 }) }, {}, 1],
  ['a small car that is known to be small keeps its three phases', { powerW: 7_300, maxAcW: 7_400 }, {}, 3],
  ['an EVSE of one phase has one', {}, { phases: 1 }, 1],
] as const)
  test(sentence, () => assert.equal(phasesOf({ ...session, ...own }, { ...evse, ...place }), expected))

for (const [sentence, own, expected] of [
  ['a car within what it may heeds its profile', {}, false],
  ['a car far above it does not', { powerW: 16_000, inForce: told(0, 11_000) }, true],
  ['just after it was told it may still be on its way down', { powerW: 16_000, inForce: told(9, 11_000) }, false],
  [
    'a power that was measured before it was told says nothing, however new other facts are',
    { powerW: 16_000, powerAt: at(3), inForce: told(4, 11_000) },
    false,
  ],
  ['nor does one that was measured while it was on its way down', { powerW: 16_000, powerAt: at(5), inForce: told(4, 11_000) }, false],
  ['a meter is not exact', { powerW: 11_400, inForce: told(0, 11_000) }, false],
] as const)
  test(sentence, () => assert.equal(ignoresProfile({ ...session, ...own }, evse), expected))

test('what a car has had is as old as the reading that says so', () => {
  assert.equal(carWith({ importAt: at(4), powerAt: at(9) })?.deliveredAt, at(4))
  assert.equal(carWith({ importWh: 0, importAt: null })?.deliveredAt, at(0), 'nothing was read since its start')
})

test('what was taken back, or told before a boot, is not in force', () => {
  assert.notEqual(inForceOf(session, evse), undefined)
  assert.equal(inForceOf({ ...session, inForce: told(0, 1, { status: 'cleared' }) }, evse), undefined)
  assert.equal(inForceOf(session, { ...evse, bootedAt: at(1) }), undefined)
})

test('a station that has no words for limits is not steered', () => {
  assert.equal(carWith({}, { capabilities: { smartCharging: false } }), undefined)
  assert.equal(carWith({}, { currentType: 'DC', capabilities: { rateUnits: ['A'] } }), undefined)
  assert.equal(carWith({}, { capabilities: { rateUnits: ['A'] } })?.terms.step, 690)
})

test('an accepted plan is a promise until its slot ends; then the car is like any other', () => {
  const iso = (minutes: number) => new Date(at(minutes)).toISOString()
  const plan = { energyWh: 9_000, curve: [{ from: iso(0), to: iso(60), powerW: 9_000 }], tariff: null }
  const reserved = { reservationId: testId<'Reservation'>(), reservedFrom: at(0), plan }
  const { wish } = carWith({ ...reserved, reservedUntil: at(60) })!
  assert.ok(wish.kind === 'promise')
  assert.deepEqual([wish.departure, wish.parts], [at(60), [{ energy: 9_000, perKwh: 0 }]])
  assert.equal(carWith({ ...reserved, reservedUntil: at(5) })?.wish.kind, 'walkIn')
  assert.equal(carWith({ ...reserved, reservedUntil: at(60), plan: { odd: true } })?.wish.kind, 'walkIn')
})

test('what is called 22 kW, 11 kW or 7.4 kW is a whole number of amperes at a station that takes those, and nothing is lost by rounding down', () => {
  const inAmperes = { capabilities: { rateUnits: ['A'] } }
  const never = { powerW: null, inForce: null, lastStatus: null, lastSentAt: null } as const
  assert.equal(carWith(never, inAmperes)?.maxPower, 22_080)
  assert.equal(carWith({ ...never, maxAcW: 11_000 }, inAmperes)?.maxPower, 11_040)
  assert.equal(carWith(never, { ...inAmperes, phases: 1, maxPowerW: 7_400 })?.maxPower, 7_360)
  assert.equal(carWith({ ...never, maxAcW: 9_000 }, inAmperes)?.maxPower, 8_970)
  assert.equal(carWith({ ...never, maxAcW: 9_300 }, inAmperes)?.maxPower, 9_300, 'what is no nominal power stays')
  assert.equal(carWith(never)?.maxPower, 22_000, 'in watts it is what it says')
})

test('below limits by phase an AC station is steered in amperes or not at all, and a car on one phase draws from the one it is wired to', () => {
  const never = { powerW: null, inForce: null, lastStatus: null, lastSentAt: null } as const
  const byPhase = (place: Partial<EvseToSteer>) =>
    carOf({ ...session, ...never }, { ...evse, ...place }, { station: 0, now: at(11), knownPower: undefined, byPhase: true })
  assert.equal(byPhase({})?.terms.step, 690)
  assert.equal(byPhase({ capabilities: { rateUnits: ['W'] } }), undefined)
  assert.equal(byPhase({ phases: 1, maxPowerW: 7_400, phaseRotation: 'STR' })?.phases, 'L2')
  assert.equal(byPhase({ currentType: 'DC', maxPowerW: 50_000 })?.phases, 'three')
})

const switches = { capabilities: { switchesPhases: true } }
const onOne = (limitW: number) => told(0, 0, { schedule: [{ startSeconds: 0, limitW, phases: 1 }] })

test('a car of three phases at a station that switches may be put on one, and is told amperes', () => {
  const car = carWith({}, { ...switches, phaseRotation: 'STR' })
  assert.deepEqual([car?.phases, car?.terms.step, car?.switching?.phase, car?.switching?.terms.minimum], ['three', 690, 'L2', 1_380])
  assert.equal(
    carWith({}, { capabilities: { switchesPhases: true, rateUnits: ['W'] } })?.switching,
    undefined,
    'watts do not say on how many',
  )
  assert.equal(carWith({ powerW: 7_300 }, switches)?.switching, undefined, 'it was seen to use one')
  assert.equal(carWith({}, { ...switches, phases: 1, maxPowerW: 7_400 })?.switching, undefined)
  assert.equal(carWith({}, {})?.switching, undefined)
})

test('what a car does on one phase says how much each of three carries, and not that it has only one', () => {
  assert.equal(carWith({ powerW: 2_990, inForce: onOne(2_990) }, switches)?.maxPower, 22_080)
  const held = carWith({ powerW: 3_680, inForce: onOne(7_360) }, switches)
  assert.deepEqual([held?.phases, Math.round(held!.maxPower)], ['three', Math.round(3 * 3_680 * 1.1)])
  assert.equal(carWith({ powerW: 1_400, inForce: onOne(7_360) }, switches)?.phases, 'three')
})

test('a kept schedule tells again on how many phases and since when', () => {
  const schedule = {
    start: at(0),
    periods: [
      { startSeconds: 0, power: watts(2_990), phases: 1 },
      { startSeconds: 900, power: watts(0), phases: 3 },
    ],
    exactUntil: at(60),
    switchedAt: at(-10),
  } as const
  assert.deepEqual(scheduleFrom(at(0), { periods: JSON.parse(JSON.stringify(periodsToJson(schedule))), exactUntil: at(60) }), schedule)
  const { switchedAt: _, ...never } = schedule
  assert.deepEqual(scheduleFrom(at(0), { periods: periodsToJson(never), exactUntil: at(60) }), never)
})
