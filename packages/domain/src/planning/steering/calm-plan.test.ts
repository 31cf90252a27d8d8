import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { calmPlan } from './calm-plan.ts'
import { giveEnergy, type SiteRoom } from './plan-stage.ts'
import { arriveSlot, departSlot, type SlotGrid, slotGrid, slotPrices } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'
import { randomSite } from './testing/random-site.ts'

/** Gives promised cars energy here and there, within generous room. */
const scattered = (site: SteeredSite, grid: SlotGrid, random: () => number): SiteRoom => {
  const nodes = 1 + site.stations.length + site.cars.length
  const room = { wh: new Float64Array(nodes * grid.count).fill(3_000), given: new Float64Array(site.cars.length * grid.count) }
  for (const [car, { wish }] of site.cars.entries())
    for (let slot = arriveSlot(grid, wish); slot < departSlot(grid, wish); slot++)
      if (wish.kind === 'promise' && random() < 0.4)
        giveEnergy(site, room, { car, at: { slot, count: grid.count }, energy: Math.floor(random() * 300) })
  return room
}
/** How often a car begins after a pause. */
const startsOf = (given: Float64Array, count: number) =>
  given.reduce((sum, wh, at) => sum + (wh > 0 && (at % count === 0 || given[at - 1] === 0) ? 1 : 0), 0)
const sums = (values: Float64Array, key: (at: number) => number) =>
  Object.entries(Object.groupBy([...values.entries()], ([at]) => key(at))).map(([, list]) => list!.reduce((sum, [, wh]) => sum + wh, 0))

test('calming changes neither what a car has, nor when, nor at which price, nor what a slot carries, and no room runs out', () => {
  const random = seeded(77)
  let [before, after] = [0, 0]
  for (let round = 0; round < 40; round++) {
    const site = randomSite(random)
    const grid = slotGrid(site)
    const { count } = grid
    const room = scattered(site, grid, random)
    const old = room.given.slice()
    calmPlan(site, grid, room)
    const ofCar = (at: number) => Math.floor(at / count)
    assert.deepEqual(sums(room.given, ofCar), sums(old, ofCar), 'each car has its energy')
    assert.deepEqual(
      sums(room.given, (at) => at % count),
      sums(old, (at) => at % count),
      'each slot has its sum',
    )
    assert.ok(room.wh.every((wh) => wh >= 0))
    for (const [car, { wish }] of site.cars.entries()) {
      if (wish.kind !== 'promise') continue
      const prices = slotPrices(grid, wish.prices)
      const cost = (given: Float64Array) => prices.reduce((sum, price, slot) => sum + price * given[car * count + slot]!, 0)
      assert.equal(cost(room.given), cost(old), 'each pays the same')
      for (let slot = 0; slot < count; slot++)
        assert.ok(room.given[car * count + slot] === 0 || (slot >= arriveSlot(grid, wish) && slot < departSlot(grid, wish)))
    }
    before += startsOf(old, count)
    after += startsOf(room.given, count)
  }
  assert.ok(after < before, `${after} starts instead of ${before}`)
})
