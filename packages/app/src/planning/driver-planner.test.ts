import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { CarContext, CarWish, ChargeWish } from '@voltway/domain/planning'
import { micros, microsPerHour } from '@voltway/domain/planning/network'
import { microsPerKwh } from '@voltway/domain/planning/site'
import { bookingIndex } from '@voltway/domain/reservations'
import { currency, DAY, epochMs, HOUR, MINUTE, type Milliseconds, seeded, wattHours, watts } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { createDriverPlanner, type DriverPlanner } from './driver-planner.ts'
import { answerDriver, type DriverQuestions } from './driver-questions.ts'
import { inlineDriverPlanner } from './testing/inline-driver-planner.ts'

const planners: DriverPlanner[] = []
after(() => Promise.all(planners.map((planner) => planner.close())))
const warnings: string[] = []
const open = (more: { readonly mostWaiting?: number } = {}) => {
  const planner = createDriverPlanner({ clock: systemClock, log: { warn: (message) => void warnings.push(message) }, ...more })
  planners.push(planner)
  return planner
}

/** Prices and carbon that change every quarter of an hour for two days: what makes a plan under a cap hard. */
const twoDaysOfPrices = (): CarContext => {
  const random = seeded(3)
  const quarters = Array.from({ length: 2 * 96 }, (_, index) => ({
    from: epochMs(index * 15 * MINUTE),
    to: epochMs((index + 1) * 15 * MINUTE),
  }))
  const booked = bookingIndex([
    { start: epochMs(5 * HOUR), end: epochMs(7 * HOUR) },
    { start: epochMs(30 * HOUR), end: epochMs(31 * HOUR) },
  ])
  assert.ok(booked.ok)
  return {
    tariff: {
      kind: 'elements',
      name: 'By the quarter',
      currency: currency('EUR'),
      timeZone: 'Europe/Berlin',
      vat: { ratePpm: 190_000n, pricesInclude: true },
      elements: [{ perKwh: 300_000n }],
      bands: quarters.map((quarter) => ({ ...quarter, perKwh: BigInt(Math.floor(random() * 600_000)) })),
    },
    carbon: quarters.map((quarter) => ({ ...quarter, gramsPerKwh: Math.floor(random() * 500) })),
    freeSlots: booked.value,
    limits: { maxPower: watts(11_000), efficiency: 0.9 },
    now: epochMs(0),
  }
}
const context = twoDaysOfPrices()
const wish = (priceCapMicros: bigint): CarWish => ({
  arrival: epochMs(HOUR),
  departure: epochMs(2 * DAY),
  energy: wattHours(100_000),
  goal: 'greenest',
  minimum: { energy: wattHours(20_000), by: epochMs(3 * HOUR) },
  priceCapMicros,
})
const plain: ChargeWish = {
  arrival: epochMs(HOUR),
  durationMs: 3 * HOUR,
  energy: wattHours(33_000),
  departure: epochMs(2 * DAY),
  priceCapMicros: 5_000_000n,
}
const network: DriverQuestions['places'] = {
  supply: {
    slotLength: (15 * MINUTE) as Milliseconds,
    slots: 96,
    delayStep: 1,
    unservedCost: micros(1e10),
    stations: Array.from({ length: 20 }, (_, index) => ({
      pricePerKwh: microsPerKwh(300_000 + index * 7_000),
      evses: [{ connectors: [{ standard: 'DC CCS', maxPower: watts(50_000) }], count: 1 }],
    })),
  },
  driver: {
    plugs: [{ standard: 'DC CCS', maxPower: watts(100_000) }],
    energy: wattHours(30_000),
    places: Array.from({ length: 20 }, (_, station) => ({ station, arriveSlot: 0, detour: micros(1_000_000 - station * 40_000) })),
    mostDelaySlots: 16,
    waitingPerHour: microsPerHour(1_000_000),
  },
  most: 8,
}

/** Who would all be served at once. */
const fleet: DriverQuestions['fleet'] = {
  supply: network.supply,
  drivers: Array.from({ length: 20 }, () => ({ ...network.driver, mostDelaySlots: 0 })),
}

test('the worker plans the same as this thread would', async () => {
  const planner = open()
  const asked = [
    [await planner.ask('plain', { wish: plain, context }), answerDriver('plain', { wish: plain, context })],
    [await planner.ask('car', [{ wish: wish(2_000_000n), context }]), answerDriver('car', [{ wish: wish(2_000_000n), context }])],
    [await planner.ask('places', network), answerDriver('places', network)],
    [await planner.ask('fleet', fleet), answerDriver('fleet', fleet)],
  ] as const
  for (const [answer, here] of asked) {
    assert.ok(answer.ok)
    assert.deepEqual(answer.value, here)
  }
  const [{ plans }, car, places, many] = [asked[0][1], asked[1][1], asked[2][1], asked[3][1]]
  assert.ok(plans.length > 0)
  assert.ok(car.ok && car.value[0]!.minimumCause === 'priceCap', 'the cap does not even pay for the minimum')
  assert.ok(places.ok)
  assert.equal(new Set(places.value.promises.map(({ station }) => station)).size, 8, 'each place once')
  assert.ok(many.ok)
  const stations = many.value.flatMap((outcome) => (typeof outcome === 'string' ? [] : outcome.station))
  assert.equal(new Set(stations).size, 20, 'twenty in a hurry have one each')
})

test('what is wrong with a wish comes back from the worker by its field', async () => {
  const answer = await open().ask('car', [{ wish: { ...wish(1n), departure: epochMs(0) }, context }])
  assert.ok(answer.ok && !answer.value.ok)
  assert.equal(answer.value.failure[0]!.field, 'departure')
})

test('the event loop turns while hard plans are made', async () => {
  const turnsWhile = async (planner: DriverPlanner) => {
    let [turns, done] = [0, false]
    const all = Promise.all([3n, 9n].map((euros) => planner.ask('car', [{ wish: wish(euros * 1_000_000n), context }])))
    const ended = all.finally(() => {
      done = true
    })
    // Let what is planned in this thread begin.
    await Promise.resolve()
    while (!done) {
      turns += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.ok((await ended).every(({ ok }) => ok))
    return turns
  }
  const planner = open()
  await planner.ask('places', network)
  const [here, beside] = [await turnsWhile(inlineDriverPlanner), await turnsWhile(planner)]
  assert.ok(here <= 1, `${here} turns`)
  assert.ok(beside > 10, `${beside} turns`)
})

test('when too many wait the next is told at once; those who wait are served, and then there is room again', async () => {
  const planner = open({ mostWaiting: 2 })
  const asked = [1, 2, 3].map(() => planner.ask('places', network))
  assert.deepEqual(await asked[2], { ok: false, failure: { code: 'busy', waiting: 2 } })
  assert.deepEqual(
    (await Promise.all(asked)).map(({ ok }) => ok),
    [true, true, false],
  )
  assert.ok((await planner.ask('places', network)).ok)
  assert.deepEqual(warnings, [])
})
