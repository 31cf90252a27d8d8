import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import type { ModelCar } from './full-model.ts'
import { polishRuns, type RunOffer } from './polish-runs.ts'

const SLOTS = 6
const POWERS = [0, 2, 3, 4]

const runsOf = (power: ArrayLike<number>): readonly number[] => {
  const runs: number[] = []
  for (let at = 0; at < power.length; at++)
    if (power[at]! > 0) {
      if (at > 0 && power[at - 1]! > 0) runs[runs.length - 1]!++
      else runs.push(1)
    }
  return runs
}

const costOf = (offers: readonly RunOffer[], power: ArrayLike<number>): number =>
  offers.reduce((sum, { turn, low, high }, at) => sum + Math.min(power[at]!, turn) * low + Math.max(0, power[at]! - turn) * high, 0)

const isAllowed = (car: ModelCar, power: ArrayLike<number>): boolean => {
  const total = Array.from(power).reduce((sum, watts) => sum + watts, 0)
  const runs = runsOf(power)
  return total >= car.need && total <= car.most && runs.length <= car.mostRuns && runs.every((length) => length >= car.leastRun)
}

/** All powers that there are for six slots. */
const ALL = Array.from({ length: POWERS.length ** SLOTS }, (_, code) =>
  Array.from({ length: SLOTS }, (_, at) => POWERS[Math.floor(code / POWERS.length ** at) % POWERS.length]!),
)

test('polished runs keep every rule, are never dearer, and mostly the cheapest of all', () => {
  const random = seeded(41)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  let [rounds, best, better] = [0, 0, 0]
  while (rounds < 60) {
    const car: ModelCar = {
      ...{ arrive: 0, depart: SLOTS, node: 0, modes: [{ kind: 3, least: 2, step: 1, most: 4 }], shortfallPrice: 1_000 },
      ...{ need: whole(4, 14), needInSteps: 0, most: 0, mostRuns: whole(1, 2), leastRun: whole(1, 2), hold: undefined, battery: undefined },
    }
    const own = { ...car, needInSteps: car.need, most: car.need + 1 }
    const offers = Array.from({ length: SLOTS }, (): RunOffer => {
      const [low, turn] = [whole(1, 20), whole(0, 4)]
      const high = low + whole(0, 10)
      return { mode: 0, least: 2, most: 4, turn, low, high, price: (turn * low + (4 - turn) * high) / 4 }
    })
    const allowed = ALL.filter((power) => isAllowed(own, power))
    if (allowed.length === 0) continue
    rounds++
    const begun = Int32Array.from(allowed[whole(0, allowed.length - 1)]!)
    const polished = polishRuns(own, offers, begun)
    assert.ok(isAllowed(own, polished), `round ${rounds}: ${polished}`)
    const cost = costOf(offers, polished)
    assert.ok(cost <= costOf(offers, begun))
    if (cost < costOf(offers, begun)) better++
    if (cost <= Math.min(...allowed.map((power) => costOf(offers, power)))) best++
  }
  assert.ok(best >= 40 && better >= 30, `${best} best, ${better} better`)
})

test('no power is below the least where the sun does for more than there is room for', () => {
  const car: ModelCar = {
    ...{ arrive: 0, depart: 3, node: 0, modes: [{ kind: 3, least: 2, step: 1, most: 9 }], shortfallPrice: 1_000 },
    ...{ need: 7, needInSteps: 7, most: 8, mostRuns: 1, leastRun: 1, hold: undefined, battery: undefined },
  }
  const offer = (low: number): RunOffer => ({ mode: 0, least: 2, most: 4, turn: 9, low, high: low + 5, price: low })
  const polished = polishRuns(car, [offer(9), offer(3), offer(3)], Int32Array.of(2, 2, 4))
  assert.deepEqual([...polished], [0, 4, 3])
})
