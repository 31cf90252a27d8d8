import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { bookOne, openNetwork, release } from './book-one.ts'
import { checkBooking, openLedger, releaseBooking } from './check-booking.ts'
import { networkOptions } from './network-options.ts'
import type { ChargePromise } from './network-plan.ts'
import { micros } from './network-problem.ts'
import { randomDriver, randomNetwork } from './testing/random-network.ts'

test('whatever is booked and released, with prices or without, every booking is the best that is left, by the checker’s own count', () => {
  const random = seeded(61)
  const met = { promised: 0, unserved: 0, released: 0 }
  for (let round = 0; round < 80; round++) {
    const problem = randomNetwork(random)
    const cells = problem.slots * problem.stations.reduce((sum, { evses }) => sum + evses.length, 0)
    const prices = round % 2 === 0 ? undefined : Float64Array.from({ length: cells }, () => random() * 3e6)
    const network = openNetwork(problem, prices)
    assert.ok(network.ok)
    const ledger = openLedger(problem, prices)
    const drivers = [...problem.drivers, ...Array.from({ length: 8 }, () => randomDriver(random, problem.stations.length, problem.slots))]
    const held = new Map<number, ChargePromise>()
    for (const [number, driver] of drivers.entries()) {
      const booked = bookOne(network.value, driver)
      assert.ok(booked.ok)
      const { outcome } = booked.value.outcomes[0]!
      assert.deepEqual(checkBooking(ledger, driver, outcome), [], `round ${round}, driver ${number}`)
      met[typeof outcome === 'string' ? 'unserved' : 'promised']++
      if (typeof outcome !== 'string') held.set(number, outcome)
      if (random() > 0.2 || held.size === 0) continue
      const gone = [...held.keys()][Math.floor(random() * held.size)]!
      const freed = release(network.value, gone)
      assert.ok(freed.ok)
      releaseBooking(ledger, held.get(gone)!)
      held.delete(gone)
      met.released++
      for (const { driver: waiting, outcome: given } of freed.value.outcomes) {
        assert.ok(typeof given !== 'string')
        // One who waited is given what is freed at that station: the best of that, since nothing was free before.
        assert.deepEqual(checkBooking(ledger, drivers[waiting]!, given), [], `round ${round}, after a release`)
        held.set(waiting, given)
      }
    }
  }
  assert.ok(met.promised > 300 && met.unserved > 100 && met.released > 40, JSON.stringify(met))
})

test('a booking that is not the best, is promised twice, has another cost or a false cause is found out', () => {
  const random = seeded(62)
  const met = { cost: 0, capacity: 0, worse: 0, cause: 0 }
  for (let round = 0; round < 200; round++) {
    const problem = randomNetwork(random)
    const [driver] = problem.drivers
    const network = openNetwork(problem)
    if (!driver || !network.ok) continue
    const booked = bookOne(network.value, driver)
    assert.ok(booked.ok)
    const { outcome } = booked.value.outcomes[0]!
    const codes = (told: typeof outcome, ledger = openLedger(problem)) => checkBooking(ledger, driver, told).map(({ code }) => code)
    if (typeof outcome === 'string') {
      met.cause++
      assert.deepEqual(codes(outcome === 'taken' ? 'tooDear' : 'taken'), ['cause'])
      continue
    }
    assert.ok(codes('taken').includes('cause'))
    assert.ok(codes({ ...outcome, cost: micros(outcome.cost - 1) }).includes('cost'))
    met.cost++
    assert.ok(codes({ ...outcome, slots: Number.POSITIVE_INFINITY }).includes('duration'))
    assert.ok(codes({ ...outcome, startSlot: Number.NEGATIVE_INFINITY }).includes('start'))
    assert.ok(codes({ ...outcome, startSlot: Number.NaN }).includes('start'))
    const ledger = openLedger(problem)
    for (let times = 0; times < 3; times++) if (codes(outcome, ledger).includes('capacity')) met.capacity++
    const { cost, runs, runOption, runCount, runRow, runConnector, runLength, runCell, step, stride, rowStation, rowEvses } =
      networkOptions({
        ...problem,
        drivers: [driver],
      })
    for (let run = runs[0]!; run < runs[1]!; run++)
      for (let place = 0; place < runCount[run]!; place++) {
        const option = runOption[run]! + place
        if (cost[option]! <= outcome.cost || cost[option]! >= problem.unservedCost) continue
        const row = runRow[run]!
        const worse = {
          station: rowStation[row]!,
          evses: rowEvses[row]!,
          connector: runConnector[run]!,
          startSlot: runCell[run]! + place * step - row * stride,
          slots: runLength[run]!,
          cost: micros(cost[option]!),
        }
        met.worse++
        assert.ok(codes(worse).includes('cost'), `round ${round}`)
      }
  }
  assert.ok(met.cost > 60 && met.capacity > 60 && met.worse > 100 && met.cause > 20, JSON.stringify(met))
})
