import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import type { CarCell } from './car-cells.ts'
import { minuteMoney, type SearchSetting, unitOf } from './search-setting.ts'
import { searchSlots } from './search-slots.ts'

/** A few cells and a few states, with powers that fall, prices below zero, fees by start and by minute, and a minimum. */
const randomSetting = (random: () => number): SearchSetting => {
  const pick = (most: number) => Math.floor(random() * most)
  const cells: CarCell[] = []
  for (let from = 0; cells.length < 2 + pick(4); ) {
    const to = from + (1 + pick(3)) * 60_000
    const [perKwh, perMinute, power] = [(pick(7) - 1) * 1_000, pick(3) * 100, random() < 0.1 ? 0 : random() < 0.5 ? 1_000 : 2_000]
    cells.push({ from, to, perKwh, perMinute, grams: pick(4), power, startsPlan: cells.length === 0 || random() < 0.7 })
    from = to
  }
  const states = 1 + pick(6)
  const energies = Float64Array.from({ length: states + 1 }, (_, state) => state * 10)
  const taper = Array.from({ length: states }, () => pick(60_000))
  const timesAt = (limit: number) => {
    const times = new Float64Array(states + 1)
    for (let state = 1; state <= states; state++) times[state] = times[state - 1]! + (limit === 1_000 ? 30_000 : 15_000) + taper[state - 1]!
    return times
  }
  const fees = cells.map(() => pick(3) * 20_000)
  const minutesTo = minuteMoney(cells)
  const weights = random() < 0.7 ? { money: 1, grams: 0 } : { money: 1, grams: 5_000 }
  return {
    cells,
    table: { energies, timesAt },
    goal: random() < 0.7 ? 'cheapest' : 'earliest',
    weights,
    fixedAt: (start) => fees[cells.findIndex(({ from }) => from === start)] ?? 0,
    minutesTo,
    weighsAt: (end) => weights.money * minutesTo(end),
    minimum: random() < 0.4 ? { energy: 10 * (1 + pick(states)), by: cells[pick(cells.length)]!.to } : undefined,
    cap: random() < 0.3 ? pick(20) * 10_000 : Number.POSITIVE_INFINITY,
  }
}

/** Every start with every number of steps in every cell. */
const exhaustive = (setting: SearchSetting) => {
  const { cells, table, goal, weights, fixedAt, minutesTo, minimum, cap } = setting
  const { energies, timesAt } = table
  const last = energies.length - 1
  let best: { end: number; weighed: number } | undefined
  const walk = (index: number, state: number, weighed: number): void => {
    const cell = cells[index]
    if (!cell) return
    for (let after = state; after <= last; after++) {
      const lasts =
        after === state ? 0 : cell.power === 0 ? Number.POSITIVE_INFINITY : timesAt(cell.power)[after]! - timesAt(cell.power)[state]!
      if (lasts > cell.to - cell.from) break
      const sum = weighed + unitOf(cell, weights) * (energies[after]! - energies[state]!)
      if (after === last) {
        const end = cell.from + lasts
        const total = sum + weights.money * minutesTo(end)
        const isBetter = !best || (goal === 'earliest' && end !== best.end ? end < best.end : total < best.weighed)
        if (total <= cap && isBetter) best = { end, weighed: total }
      } else if (!minimum || minimum.by !== cell.to || energies[after]! >= minimum.energy) walk(index + 1, after, sum)
    }
  }
  for (const [index, { from, startsPlan }] of cells.entries())
    if (startsPlan && !(minimum && from >= minimum.by)) walk(index, 0, weights.money * (fixedAt(from) - minutesTo(from)))
  return best
}

test('no way to fill the cells is better than the one found, and none is found where there is none', () => {
  const random = seeded(21)
  let possible = 0
  for (let round = 0; round < 3_000; round++) {
    const setting = randomSetting(random)
    const [found, best] = [searchSlots(setting), exhaustive(setting)]
    assert.equal(found === undefined, best === undefined, `round ${round}`)
    if (!found || !best) continue
    possible++
    assert.ok(Math.abs(found.weighed - best.weighed) < 20 && (setting.goal !== 'earliest' || found.end === best.end), `round ${round}`)
    const charged = found.pieces.reduce(
      (sum, { cell, energyBefore, energyAfter }) => sum + unitOf(cell, setting.weights) * (energyAfter - energyBefore),
      0,
    )
    const fees = setting.weights.money * (setting.fixedAt(found.start) + setting.minutesTo(found.end) - setting.minutesTo(found.start))
    assert.ok(Math.abs(charged + fees - found.weighed) < 1e-3, `round ${round}: the pieces are not what was weighed`)
  }
  assert.ok(possible > 1_000)
})
