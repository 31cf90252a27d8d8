import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, type EpochMs, epochMs, HOUR, MINUTE, seeded, wattHours, watts } from '@voltway/units'
import { bookingIndex, isFree } from '../reservations/booking-index.ts'
import type { Slot } from '../reservations/slot.ts'
import { costOf } from '../tariffs/cost-of.ts'
import { PAPER_TARIFF } from '../tariffs/paper-tariff.ts'
import type { ElementTariff, Tariff } from '../tariffs/tariff.ts'
import { askedPlan } from './asked-plan.ts'
import { chargingTime } from './evcms-plans.ts'
import { frozenTariff } from './frozen-tariff.ts'
import { leastShortfall } from './least-shortfall.ts'
import type { ChargeWish, Plan } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planUsage } from './plan-usage.ts'
import { plansFor } from './plans-for.ts'

// 2 March 2026 is a Monday, and London is on UTC.
const at = (clock: string, day = '02') => epochMs(Date.parse(`2026-03-${day}T${clock}:00Z`))
const dhhmm = (instant: EpochMs) => new Date(instant).toISOString().slice(8, 16)
const pounds = (plan: Plan) => Number(plan.cost.totalMicros) / 1e6

const contextOf = (bookings: readonly Slot[] = [], extra: Partial<PlanContext> = {}): PlanContext => {
  const index = bookingIndex(bookings)
  assert.ok(index.ok)
  return { tariff: PAPER_TARIFF, freeSlots: index.value, limits: { maxPower: watts(17_600), efficiency: 1 }, now: epochMs(0), ...extra }
}
const wishOf = (extra: Partial<ChargeWish> = {}): ChargeWish => ({
  arrival: at('17:00'),
  durationMs: 60 * MINUTE,
  energy: wattHours(26_400),
  departure: at('17:00', '03'),
  ...extra,
})
const table = (plans: readonly Plan[]) => plans.map((plan) => [plan.kind, dhhmm(plan.start), dhhmm(plan.end), plan.energy, pounds(plan)])

test('on-peak, the paper’s four plans are offered, the Eco ones at the nearest off-peak slot', () => {
  assert.deepEqual(table(plansFor(wishOf(), contextOf())), [
    ['duration', '02T17:00', '02T18:00', 17_600, 10.5],
    ['power', '02T17:00', '02T18:30', 26_400, 14.9],
    ['durationEco', '02T22:00', '02T23:00', 17_600, 9],
    ['powerEco', '02T22:00', '02T23:30', 26_400, 13.4],
  ])
})

test('off-peak, only Duration and Power are offered, and they are the cheapest and the soonest too', () => {
  const plans = plansFor(wishOf({ arrival: at('12:00') }), contextOf())
  assert.deepEqual(table(plans), [
    ['duration', '02T12:00', '02T13:00', 17_600, 9],
    ['power', '02T12:00', '02T13:30', 26_400, 13.4],
  ])
  assert.deepEqual(
    plans[1]!.reasons.map(({ code }) => code),
    ['fitsEnergy', 'asAsked', 'cheapestBeforeDeparture', 'soonest'],
  )
})

test('a plan that waiting makes dearer is not called the cheapest', () => {
  const codesAt = (waitingMicrosPerHour: bigint) =>
    plansFor(wishOf({ waitingMicrosPerHour }), contextOf()).map(({ kind, reasons }) => [
      kind,
      ...reasons.flatMap(({ code }) => (code === 'cheapestBeforeDeparture' || code === 'bestOfPriceAndWait' ? [code] : [])),
    ])
  assert.deepEqual(codesAt(1n), [['duration'], ['power'], ['durationEco'], ['powerEco', 'cheapestBeforeDeparture']])
  assert.deepEqual(codesAt(10_000_000n), [['duration'], ['power', 'bestOfPriceAndWait'], ['durationEco'], ['powerEco']])
})

test('at weekends no hour is on-peak', () => {
  const plans = plansFor(wishOf({ arrival: at('17:00', '07'), departure: at('08:00', '08') }), contextOf())
  assert.deepEqual(
    plans.map(({ kind }) => kind),
    ['duration', 'power'],
  )
})

test('a slot that stays off-peak is preferred to one that only begins so, unless there is none', () => {
  const wish = wishOf({ arrival: at('09:00'), durationMs: 6 * HOUR, energy: wattHours(17_600), departure: at('09:00', '03') })
  const eco = (departure: EpochMs) => plansFor({ ...wish, departure }, contextOf()).find(({ kind }) => kind === 'durationEco')
  assert.equal(dhhmm(eco(at('09:00', '03'))!.start), '02T22:00')
  assert.equal(dhhmm(eco(at('21:00'))!.start), '02T11:00')
})

test('a taken slot moves later, and its plan says how far and what is saved', () => {
  const plans = plansFor(wishOf({ energy: wattHours(17_600) }), contextOf([{ start: at('16:30'), end: at('17:40') }]))
  const [first] = plans
  assert.deepEqual([first!.kind, dhhmm(first!.start), pounds(first!)], ['duration', '02T17:45', 10.5])
  assert.deepEqual(
    first!.reasons.find(({ code }) => code === 'movedToFreeSlot'),
    { code: 'movedToFreeSlot', shiftMinutes: 45 },
  )
  const eco = plans.find(({ kind }) => kind === 'durationEco')!
  assert.deepEqual(
    eco.reasons.find(({ code }) => code === 'waitsForLess'),
    { code: 'waitsForLess', shiftMinutes: 300, savedMicros: 1_500_000n },
  )
})

// Table 3 of the paper: average energies follow from its original averages; the floors are what no fair plan goes below.
const floors: [string, string, readonly Slot[], number, number, number][] = [
  ['Case 1, on-peak and free: 12.44 becomes 10.94, not 11.69', '17:00', [], 21_480, 12.44, 10.94],
  ['Case 2, on-peak and taken: 13.86 becomes 10.86', '17:00', [{ start: at('16:00'), end: at('18:00') }], 21_320, 13.86, 10.86],
  ['Case 3, off-peak and free: 11.45 stays 11.45', '12:00', [], 22_500, 11.45, 11.45],
  ['Case 4, off-peak and taken: 11.39 stays 11.39, never 12.14', '12:00', [{ start: at('11:00'), end: at('13:00') }], 22_380, 11.39, 11.39],
]
for (const [sentence, clock, bookings, energy, original, floor] of floors)
  test(sentence, () => {
    const plans = plansFor(wishOf({ arrival: at(clock), energy: wattHours(energy) }), contextOf(bookings))
    const best = Math.min(...plans.filter((plan) => plan.energy === energy).map(pounds))
    assert.ok(best <= original)
    assert.equal(best, floor)
  })

test('a driver moved from off-peak into the peak keeps the off-peak multiplier', () => {
  const wish = wishOf({ arrival: at('15:00'), energy: wattHours(17_600), departure: at('18:00') })
  const plans = plansFor(wish, contextOf([{ start: at('14:00'), end: at('16:30') }]))
  assert.deepEqual(
    plans.map((plan) => [dhhmm(plan.start), pounds(plan)]),
    [['02T16:30', 9]],
  )
})

test('the wish as asked is priced when its slot is free, and is no plan when it is not', () => {
  assert.equal(askedPlan(wishOf(), contextOf())?.cost.totalMicros, 14_900_000n)
  assert.equal(askedPlan(wishOf(), contextOf([{ start: at('18:00'), end: at('19:00') }])), undefined)
  assert.equal(askedPlan(wishOf({ departure: at('18:00') }), contextOf()), undefined)
  assert.equal(askedPlan(wishOf(), contextOf([], { now: at('17:01') })), undefined)
})

test('what is accepted is frozen: the plan’s tariff prices its own usage to the plan’s cost', () => {
  for (const plan of plansFor(wishOf(), contextOf()))
    assert.deepEqual(costOf(plan.tariff, planUsage(plan.start, plan.end, plan.curve)), plan.cost)
})

const shortfalls: [string, Partial<ChargeWish>, PlanContext, string, number][] = [
  ['too little time gives what fits', { departure: at('18:00') }, contextOf(), 'tooLittleTime', 8_800],
  ['a departure before the arrival gives nothing', { departure: at('16:00') }, contextOf(), 'tooLittleTime', 26_400],
  [
    'bookings in the way leave the longest gap',
    { departure: at('21:00') },
    contextOf([
      { start: at('17:00'), end: at('18:00') },
      { start: at('19:00'), end: at('23:00') },
    ]),
    'slotsTaken',
    8_800,
  ],
  [
    'an EVSE taken until departure gives nothing',
    { departure: at('21:00') },
    contextOf([{ start: at('16:00'), end: at('23:00') }]),
    'slotsTaken',
    26_400,
  ],
  ['a price cap gives what the money buys', { priceCapMicros: 9_000_000n }, contextOf(), 'priceCap', 8_800],
  ['a cap below the service charge gives nothing', { priceCapMicros: 100_000n }, contextOf(), 'priceCap', 26_400],
  ['no power gives nothing', {}, contextOf([], { limits: { maxPower: watts(0), efficiency: 1 } }), 'noPower', 26_400],
]
for (const [sentence, wish, context, cause, missing] of shortfalls)
  test(`an impossible wish: ${sentence}`, () => {
    const shortfall = leastShortfall(wishOf(wish), context)
    assert.deepEqual([shortfall?.cause, shortfall?.shortfallWh], [cause, missing])
    const told = plansFor(wishOf(wish), context).flatMap(({ reasons }) => reasons.filter(({ code }) => code === 'leastShortfall'))
    assert.deepEqual(told, missing === 26_400 ? [] : [{ code: 'leastShortfall', cause, shortfallWh: missing }])
  })

test('a wish for no energy is no error', () => {
  assert.equal(leastShortfall(wishOf({ energy: wattHours(0) }), contextOf())?.cause, 'nothingAsked')
  assert.deepEqual(plansFor(wishOf({ energy: wattHours(0), durationMs: 0 }), contextOf()), [])
})

const dayNight = (perMinute: bigint, vat: boolean): ElementTariff => ({
  kind: 'elements',
  name: 'Day and night',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 190_000n, pricesInclude: vat },
  elements: [
    { perKwh: 253_700n, perMinute, perSession: 350_000n, when: { startTime: '22:10', endTime: '06:00' } },
    { perKwh: 611_300n, when: { startTime: '16:00', endTime: '20:00', weekdays: ['MONDAY', 'TUESDAY', 'FRIDAY'] } },
    { perKwh: 449_900n, perMinute: perMinute * 2n },
  ],
})

const randomWish = (random: () => number): { wish: ChargeWish; context: PlanContext } => {
  const pick = (most: number) => Math.floor(random() * most)
  const arrival = epochMs(at('00:00') + pick(7 * 24 * 12) * 5 * MINUTE)
  const bookings: Slot[] = []
  for (let clock = arrival - 6 * HOUR; bookings.length < 6; ) {
    const start = clock + pick(20) * 15 * MINUTE
    clock = start + (1 + pick(12)) * 15 * MINUTE
    bookings.push({ start: epochMs(start), end: epochMs(clock) })
  }
  const durationMs = (1 + pick(12)) * 15 * MINUTE
  const tariffs: readonly Tariff[] = [PAPER_TARIFF, PAPER_TARIFF, dayNight(0n, true), dayNight(20_000n, false)]
  const maxPower = watts([3_680, 11_000, 17_600, 22_000][pick(4)]!)
  return {
    wish: {
      arrival,
      durationMs,
      energy: wattHours(500 + pick(30_000)),
      departure: epochMs(arrival + durationMs + pick(16 * 4) * 15 * MINUTE),
      waitingMicrosPerHour: BigInt(pick(3)) * 500_000n,
    },
    context: contextOf(pick(3) === 0 ? [] : bookings, { tariff: tariffs[pick(4)]!, limits: { maxPower, efficiency: 1 } }),
  }
}

test('ten thousand drivers: whoever could charge as asked is offered the same energy by departure for no more', () => {
  const random = seeded(11)
  let possible = 0
  for (let round = 0; round < 10_000; round++) {
    const { wish, context } = randomWish(random)
    const plans = plansFor(wish, context)
    const end = epochMs(wish.arrival + chargingTime(wish.energy, context.limits.maxPower))
    for (const plan of plans) {
      assert.ok(plan.start >= wish.arrival && plan.end <= wish.departure, `round ${round}: outside arrival and departure`)
      assert.ok(isFree(context.freeSlots, plan), `round ${round}: slot is taken`)
    }
    const taken = !isFree(context.freeSlots, { start: wish.arrival, end })
    // By the EVCMS tariff not even a taken slot makes it dearer, as long as something is free before departure.
    if (end > wish.departure || (taken && (context.tariff.kind !== 'evcms' || plans.every(({ energy }) => energy < wish.energy)))) continue
    possible++
    const curve = [{ from: wish.arrival, to: end, power: context.limits.maxPower }]
    const asked = costOf(frozenTariff(context, wish.arrival)(wish.arrival), planUsage(wish.arrival, end, curve)).totalMicros
    const fair = plans.filter(({ energy, cost }) => energy >= wish.energy && cost.totalMicros <= asked)
    assert.ok(fair.length > 0, `round ${round}: asked ${asked}, offered ${plans.map(({ cost }) => cost.totalMicros)}`)
  }
  assert.ok(possible > 5_000)
})
