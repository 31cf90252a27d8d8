import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, MINUTE, percent, seeded, wattHours, watts } from '@voltway/units'
import { startBounds } from './car-bound.ts'
import type { CarCertificate } from './car-certificate.ts'
import { carMeasure, measured } from './car-measure.ts'
import type { CarPlan } from './car-plan.ts'
import type { CarStretch } from './car-stretches.ts'
import { carTask } from './car-task.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { chargeLayers } from './charge-layers.ts'
import { batteryPowerAt } from './charge-table.ts'
import { checkCarPlan } from './check-car-plan.ts'
import { costToGo } from './cost-to-go.ts'
import { planCar } from './plan-car.ts'
import { boundOf } from './prove-car.ts'
import { at, centsContext, FEW, FEW_CENTS, planned } from './testing/few-quarters.ts'
import { ARRIVAL } from './testing/quarter-context.ts'
import { randomCar } from './testing/random-car.ts'

const arrival = ARRIVAL

interface Small {
  readonly stretches: readonly CarStretch[]
  readonly context: CarContext
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
}
const GRID = 100
const STATES = 8

/** A few stretches with a battery or none, fees by start and minute, prices below zero, and a minimum. */
const randomSmall = (random: () => number): Small => {
  const pick = (most: number) => Math.floor(random() * most)
  const stretches: CarStretch[] = []
  for (let from = 0; stretches.length < 2 + pick(3); ) {
    const to = from + (1 + pick(3)) * MINUTE
    const fee = stretches.length === 0 || random() < 0.6 ? pick(3) * 20_000 : undefined
    const power = [0, 6_000, 12_000, 18_000][pick(4)]!
    stretches.push({ from, to, perKwh: (pick(7) - 1) * 1_000, perMs: pick(3), grams: 0, power, fee })
    from = to
  }
  const battery = { capacity: wattHours(1_000), soc: percent(pick(20)), maxPower: watts(15_000) }
  const taper = [0, 40, 100].map((soc) => ({ soc: percent(soc), fraction: 0.3 + random() * 0.7 }))
  const by = stretches[pick(stretches.length)]!.to
  return {
    stretches,
    context: centsContext([], random() < 0.5 ? { battery: { ...battery, taper } } : {}),
    minimum: random() < 0.4 ? { energy: GRID * (1 + pick(STATES)), by } : undefined,
  }
}

/** By start, the least of every way to give each stretch a multiple of the grid, by what the battery really takes. */
const exhaustive = ({ stretches, context, minimum }: Small): readonly number[] => {
  const all = GRID * STATES
  const timeOf = (low: number, high: number, limit: number): number => {
    let ms = 0
    for (let energy = low; energy < high; energy += 5) ms += (5 * 3_600_000) / Math.min(limit, batteryPowerAt(context, energy + 2.5))
    return ms
  }
  const least = (index: number, energy: number): number => {
    const stretch = stretches[index]
    if (!stretch) return Number.POSITIVE_INFINITY
    let best = Number.POSITIVE_INFINITY
    for (let after = energy; after <= all; after += GRID) {
      const lasts = after === energy ? 0 : stretch.power === 0 ? Number.POSITIVE_INFINITY : timeOf(energy, after, stretch.power)
      if (lasts > stretch.to - stretch.from) break
      const cost = stretch.perKwh * (after - energy)
      if (after === all) best = Math.min(best, cost + stretch.perMs * lasts)
      else if (!minimum || stretch.to < minimum.by || after >= minimum.energy)
        best = Math.min(best, cost + stretch.perMs * (stretch.to - stretch.from) + least(index + 1, after))
    }
    return best
  }
  return stretches.map(({ fee, from }, index) =>
    fee === undefined || (minimum && from >= minimum.by) ? Number.POSITIVE_INFINITY : fee + least(index, 0),
  )
}

test('whatever the potentials, no way to charge costs less than the bound; and made for it they leave little', () => {
  const random = seeded(41)
  const measure = carMeasure('cheapest', 0)
  let [compared, proved] = [0, 0]
  for (let round = 0; round < 1_000; round++) {
    const small = randomSmall(random)
    const { stretches, context, minimum } = small
    const energies = Float64Array.from({ length: STATES * 2 + 1 }, (_, state) => (state * GRID) / 2)
    const ask = { stretches, minimum, measure, layers: chargeLayers(energies, context) }
    const made = costToGo(ask)
    const spread = random() < 0.5 ? 0 : 10 ** (2 + random() * 5)
    const spoiled = made.map((value) => value + (random() - 0.5) * spread)
    const anything = made.map(() => (random() - 0.5) * 1e6)
    const least = exhaustive(small)
    for (const potentials of [made, spoiled, anything])
      for (const [start, bound] of startBounds({ ...ask, potentials }).entries()) {
        if (least[start] === Number.POSITIVE_INFINITY) continue
        compared++
        assert.ok(bound <= least[start]! + 1e-3, `round ${round}: ${bound} is above ${least[start]} from stretch ${start}`)
        if (potentials === made && bound > least[start]! - 0.1 * Math.abs(least[start]!) - 1e5) proved++
      }
  }
  assert.ok(compared > 1_000 && proved > 300, `${compared} ${proved}`)
})

test('what is a linear programme is proved to the last billionth', () => {
  const random = seeded(42)
  const pick = (most: number) => Math.floor(random() * most)
  const met = { plain: 0, minimum: 0, lastPart: 0, greenest: 0, limits: 0 }
  for (let round = 0; round < 120; round++) {
    const parts = 3 + pick(20)
    const energy = wattHours(1_000 * (1 + pick(2 * parts - 2)))
    const goal = random() < 0.3 ? 'greenest' : 'cheapest'
    const carbon = Array.from({ length: parts }, (_, part) => ({ from: at(part), to: at(part + 1), gramsPerKwh: 100 * (1 + pick(8)) }))
    const powerLimits = carbon.map(({ from, to }) => ({ from, to, power: watts(4_000 * (1 + pick(2))) }))
    const isLimited = random() < 0.3
    const context = centsContext(
      carbon.map(() => 10 * (1 + pick(9))),
      { carbon, ...(isLimited && { powerLimits }) },
    )
    const by = at(1 + pick(parts))
    const wish: CarWish = {
      ...{ arrival, departure: at(parts), energy, goal },
      ...(random() < 0.4 && { minimum: { energy: wattHours(1_000 * (1 + pick(energy / 1_000))), by } }),
      ...(random() < 0.3 && { lastPart: { energy: wattHours(1_000 * (1 + pick(energy / 1_000))) } }),
    }
    const { violations, gap } = checkCarPlan(wish, context, planned(wish, context))
    assert.deepEqual(violations, [], `round ${round}`)
    assert.deepEqual(
      gap,
      goal === 'greenest' ? { carbonMilligrams: 0, thenCostNanos: 0n } : { costNanos: 0n },
      `round ${round} ${JSON.stringify(wish)}`,
    )
    met[isLimited ? 'limits' : wish.minimum ? 'minimum' : wish.lastPart ? 'lastPart' : goal === 'greenest' ? 'greenest' : 'plain']++
  }
  assert.ok(
    Object.values(met).every((count) => count > 5),
    JSON.stringify(met),
  )
})

test('of random wishes with everything in them the bound is never above the plan, and not far below', () => {
  const random = seeded(43)
  let [count, sum] = [0, 0]
  const met = { second: 0, beyond: 0 }
  for (let round = 0; round < 90; round++) {
    const { wish, context } = randomCar(random)
    const result = planCar(wish, context)
    if (!result.ok || result.value.energy === 0) continue
    const plan = result.value
    const { gap, violations } = checkCarPlan(wish, context, plan)
    assert.ok(gap && violations.length === 0, `round ${round}: ${JSON.stringify(violations)}`)
    const cost = 1_000 * Number(plan.cost.totalMicros)
    if ('endMs' in gap) {
      met.second++
      assert.ok(Number(gap.thenCostNanos) <= 0.01 * cost, `round ${round}: ${gap.thenCostNanos} above the cheapest that is as soon`)
    }
    if (plan.shortfall?.cause === 'priceCap' && !wish.lastPart) {
      met.beyond++
      // What is rounded to coins may be paid for by exact money.
      assert.ok('costNanos' in gap && gap.moreWh !== undefined && gap.moreWh <= 30, `round ${round}`)
    }
    if ('costNanos' in gap) [count, sum] = [count + 1, sum + Number(gap.costNanos) / 1_000 / Number(plan.cost.totalMicros)]
    const task = carTask(wish, context, plan)
    if (!plan.certificate || task.goal !== 'cheapest') continue
    const measure = carMeasure('cheapest', 0)
    const own = task.windows.find((window) => window[0]!.from <= task.start && window.at(-1)!.to >= task.end)
    const [costs, bound] = [measured(task, own!, measure), boundOf(task, context, { potentials: plan.certificate.potentials, measure })]
    assert.ok(bound <= costs * (1 + 1e-7) + 1_000, `round ${round}: ${bound} above ${costs}`)
  }
  assert.ok(count > 30 && sum / count < 0.003, `${count} ${sum / count}`)
  assert.ok(met.second > 10 && met.beyond > 1, JSON.stringify(met))
})

test('an earliest plan is held against all power from the first moment, and under a cap against all that would end sooner', () => {
  const context = centsContext(FEW_CENTS)
  const endGap = (wish: Partial<CarWish>) => {
    const { gap } = checkCarPlan({ ...FEW, goal: 'earliest', ...wish }, context, planned({ ...FEW, goal: 'earliest', ...wish }, context))
    assert.ok(gap && 'endMs' in gap)
    return gap.endMs
  }
  assert.equal(endGap({}), 0)
  const capped = { ...FEW, goal: 'earliest', priceCapMicros: 1_200_000n } as const
  const plan = planned(capped, context)
  assert.ok(plan.end > at(5))
  // A cent buys so many seconds; lines are rounded to one.
  assert.ok(endGap({ priceCapMicros: 1_200_000n }) <= 20_000, `${endGap({ priceCapMicros: 1_200_000n })}`)
  const { certificate: _, ...bare } = plan
  const unproved = checkCarPlan(capped, context, bare).gap
  assert.ok(
    unproved && 'endMs' in unproved && unproved.endMs > 20 * MINUTE,
    'without its certificate it is not known that the cap delays it',
  )
})

test('where it may not pause every start is looked at', () => {
  const wish: CarWish = { ...FEW, uninterrupted: true }
  const context = centsContext(FEW_CENTS)
  const plan = planned(wish, context)
  assert.deepEqual(checkCarPlan(wish, context, plan).gap, { costNanos: 0n })
  const later = {
    ...plan,
    start: at(3),
    end: epochMs(at(3) + 37.5 * MINUTE),
    curve: [{ ...plan.curve[0]!, from: at(3), to: epochMs(at(3) + 37.5 * MINUTE) }],
  }
  // 40, 60 and half of 10 cents, where 30, 50 and half of 20 are the least.
  assert.deepEqual(checkCarPlan(wish, context, later).gap, { costNanos: 300_000_000n })
})

test('a worse plan with the same certificate has the gap that it costs more', () => {
  const context = centsContext(FEW_CENTS)
  const plan = planned(FEW, context)
  const { start, end, curve, cost } = planned({ ...FEW, goal: 'earliest' }, context)
  const gap = checkCarPlan(FEW, context, { ...plan, start, end, curve, cost }).gap
  assert.deepEqual(gap, { costNanos: (cost.totalMicros - plan.cost.totalMicros) * 1_000n })
})

test('a certificate that is spoiled is refused, or proves less', () => {
  const context = centsContext(FEW_CENTS)
  const plan = planned(FEW, context)
  const { certificate } = plan
  assert.ok(certificate)
  const [first] = certificate.potentials
  const check = (spoiled: CarCertificate) => checkCarPlan(FEW, context, { ...plan, certificate: spoiled })
  const withRows = (rows: readonly Float64Array[]): CarCertificate => ({ ...certificate, potentials: [{ ...first!, windows: rows }] })
  const refused = (spoiled: CarCertificate) => check(spoiled).violations.map(({ code }) => code)
  assert.deepEqual(check(certificate).gap, { costNanos: 0n })
  assert.deepEqual(refused(withRows([])), ['certificate'])
  assert.deepEqual(refused(withRows([first!.windows[0]!.subarray(1)])), ['certificate'])
  assert.deepEqual(refused(withRows([first!.windows[0]!.map(() => Number.NaN)])), ['certificate'])
  assert.deepEqual(refused({ ...certificate, capPrice: -1 }), ['certificate'])
  assert.deepEqual(refused({ ...certificate, potentials: [{ ...first!, energies: Float64Array.of(0, 4_000) }] }), ['certificate'])
  assert.deepEqual(check({ ...certificate, potentials: [] }).gap, undefined)
  const random = seeded(44)
  for (let round = 0; round < 50; round++) {
    const { gap } = check(withRows([first!.windows[0]!.map((value) => value + (random() - 0.4) * 10 ** (2 + random() * 8))]))
    assert.ok(gap && 'costNanos' in gap && gap.costNanos > 0n, `round ${round}`)
  }
})

test('a plan that leaves out what could be had is refused', () => {
  const context = centsContext(FEW_CENTS)
  const plan = planned({ ...FEW, energy: wattHours(4_000) }, context)
  const lying: CarPlan = { ...plan, shortfall: { energy: wattHours(1_000), cause: 'slotsTaken' } }
  assert.deepEqual(
    checkCarPlan(FEW, context, lying).violations.map(({ code }) => code),
    ['shortfall'],
  )
})
