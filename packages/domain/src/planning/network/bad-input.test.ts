import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/site-problem.ts'
import { bookOne, openNetwork, release } from './book-one.ts'
import { checkNetworkPlan } from './check-network-plan.ts'
import { micros, microsPerHour, type NetworkDriver, type NetworkFault, type NetworkProblem } from './network-problem.ts'
import { planNetwork } from './plan-network.ts'

const ccs = { standard: 'IEC_62196_T2_COMBO', maxPower: watts(50_000) }
const driver: NetworkDriver = {
  plugs: [ccs],
  energy: wattHours(25_000),
  places: [{ station: 0, arriveSlot: 0, detour: micros(0) }],
  mostDelaySlots: 4,
  waitingPerHour: microsPerHour(12_000_000),
}
const problem: NetworkProblem = {
  slotLength: milliseconds(900_000),
  slots: 8,
  delayStep: 1,
  unservedCost: micros(100_000_000),
  stations: [{ pricePerKwh: microsPerKwh(500_000), evses: [{ connectors: [ccs], count: 1 }] }],
  drivers: [driver],
}
const withDriver = (change: Partial<NetworkDriver>): NetworkProblem => ({ ...problem, drivers: [driver, { ...driver, ...change }] })
const withGroup = (count: number | readonly number[]): NetworkProblem => ({
  ...problem,
  stations: [{ ...problem.stations[0]!, evses: [{ connectors: [ccs], count }] }],
})
const at = (station: number, arriveSlot = 0) => ({ station, arriveSlot, detour: micros(0) })

const faulty: readonly [sentence: string, problem: NetworkProblem, code: NetworkFault['code'], field: string][] = [
  ['no energy', withDriver({ energy: wattHours(0) }), 'range', 'drivers[1].energy'],
  ['energy that is no number', withDriver({ energy: wattHours(Number.NaN) }), 'notANumber', 'drivers[1].energy'],
  ['a station that is not there', withDriver({ places: [at(1)] }), 'unknown', 'drivers[1].places[0].station'],
  ['a station named twice', withDriver({ places: [at(0), at(0, 1)] }), 'contradiction', 'drivers[1].places[1].station'],
  ['half a slot', withDriver({ places: [at(0, 0.5)] }), 'notWhole', 'drivers[1].places[0].arriveSlot'],
  ['leaving before arriving', withDriver({ places: [at(0, 3)], departSlot: 2 }), 'contradiction', 'drivers[1].departSlot'],
  ['a car without an inlet', withDriver({ plugs: [] }), 'empty', 'drivers[1].plugs'],
  ['no power', withDriver({ plugs: [{ ...ccs, maxPower: watts(0) }] }), 'range', 'drivers[1].plugs[0].maxPower'],
  ['a negative cap', withDriver({ priceCap: micros(-1) }), 'range', 'drivers[1].priceCap'],
  ['a negative wait', withDriver({ mostDelaySlots: -1 }), 'range', 'drivers[1].mostDelaySlots'],
  ['fewer than no EVSEs', withGroup(-1), 'range', 'stations[0].evses[0].count'],
  ['a count for too few slots', withGroup([1, 1]), 'length', 'stations[0].evses[0].count'],
  ['slots of part of a minute', { ...problem, slotLength: milliseconds(1_000) }, 'notWhole', 'slotLength'],
  ['no slots', { ...problem, slots: 0 }, 'range', 'slots'],
  ['steps of nothing', { ...problem, delayStep: 0 }, 'range', 'delayStep'],
]
for (const [sentence, bad, code, field] of faulty)
  test(`${sentence} is refused, and named`, () => {
    const result = planNetwork(bad)
    const faults = result.ok ? [] : result.failure
    assert.ok(
      faults.some((fault) => fault.code === code && fault.field === field && fault.message !== ''),
      JSON.stringify(faults),
    )
  })

const planned = (sound: NetworkProblem) => {
  const result = planNetwork(sound)
  assert.ok(result.ok)
  const check = checkNetworkPlan(sound, result.value.plan, result.value.certificate)
  assert.deepEqual(check.violations, [])
  return result.value
}
const outcomesOf = (sound: NetworkProblem) =>
  planned(sound).plan.outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : outcome.startSlot))

test('who cannot be served is told why', () => {
  assert.deepEqual(outcomesOf(withDriver({ plugs: [{ ...ccs, standard: 'CHADEMO' }] })), [0, 'nothingFits'])
  assert.deepEqual(outcomesOf(withDriver({ priceCap: micros(12_499_999) })), [0, 'tooDear'])
  assert.deepEqual(outcomesOf(withDriver({ priceCap: micros(12_500_000), mostDelaySlots: 1 })), [2, 0])
  const impatient = { ...driver, mostDelaySlots: 1 }
  assert.deepEqual(outcomesOf({ ...problem, drivers: [impatient, impatient] }).toSorted(), [0, 'taken'])
  assert.deepEqual(outcomesOf(withDriver({})).toSorted(), [0, 2])
})

test('more EVSEs never cost more, a dearer station never saves, and one who fits nowhere changes nothing', () => {
  const five = { ...withGroup(1), drivers: [driver, driver, driver, driver, driver] }
  const costs = [1, 2, 3, 5].map((count) => planned({ ...withGroup(count), drivers: five.drivers }).plan.totalMicros)
  assert.deepEqual(
    costs,
    costs.toSorted((a, b) => Number(b - a)),
  )
  const dearer = { ...five, stations: [{ ...five.stations[0]!, pricePerKwh: microsPerKwh(600_000) }] }
  assert.ok(planned(dearer).plan.totalMicros > planned(five).plan.totalMicros)
  const more = { ...five, drivers: [...five.drivers, { ...driver, places: [] }] }
  assert.equal(planned(more).plan.totalMicros, planned(five).plan.totalMicros + BigInt(problem.unservedCost))
})

test('the checker finds every lie', () => {
  const { plan, certificate } = planned(problem)
  const [promise] = plan.outcomes
  assert.ok(promise && typeof promise !== 'string')
  const codes = (change: Partial<typeof promise>) => [
    ...new Set(
      checkNetworkPlan(problem, { ...plan, outcomes: [{ ...promise, ...change }] }, certificate).violations.map(({ code }) => code),
    ),
  ]
  assert.deepEqual(codes({}), [])
  assert.deepEqual(codes({ station: 1 }), ['place', 'connector', 'cost'])
  assert.deepEqual(codes({ connector: 1 }), ['connector', 'cost'])
  assert.deepEqual(codes({ startSlot: 5 }), ['start', 'cost'])
  assert.deepEqual(codes({ slots: 1 }), ['duration'])
  assert.deepEqual(codes({ cost: micros(1) }), ['cost'])
  const twice = { ...problem, drivers: [driver, driver] }
  const double = { outcomes: [promise, promise], totalMicros: 2n * plan.totalMicros }
  assert.deepEqual(
    checkNetworkPlan(twice, double, certificate).violations.map(({ code }) => code),
    ['capacity', 'capacity'],
  )
  assert.deepEqual(checkNetworkPlan(problem, { outcomes: ['taken'], totalMicros: 100_000_000n }, certificate).violations[0]?.code, 'cause')
  assert.equal(checkNetworkPlan(problem, plan, { slotPrice: Float64Array.of(1) }).violations[0]?.code, 'certificate')
})

test('a release gives the place to one who found everything taken, and nobody can go twice', () => {
  const opened = openNetwork(problem)
  assert.ok(opened.ok)
  const patient = { ...driver, mostDelaySlots: 0 }
  assert.ok(bookOne(opened.value, patient).ok)
  const second = bookOne(opened.value, patient)
  assert.deepEqual(second.ok && second.value.outcomes, [{ driver: 1, outcome: 'taken' }])
  const freed = release(opened.value, 0)
  assert.ok(freed.ok && typeof freed.value.outcomes[0]?.outcome === 'object' && freed.value.outcomes[0].driver === 1)
  const again = release(opened.value, 0)
  assert.deepEqual(again.ok ? [] : again.failure.map(({ code, field }) => [code, field]), [['unknown', 'driver']])
})
