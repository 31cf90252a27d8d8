import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, percent, seeded, wattHours, watts } from '@voltway/units'
import type { CarPlan } from './car-plan.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { certifyCar } from './certify-car.ts'
import { checkCarPlan } from './check-car-plan.ts'
import { at, centsContext, FEW, FEW_CENTS, planned } from './testing/few-quarters.ts'
import { QUARTER } from './testing/quarter-context.ts'
import { randomCar } from './testing/random-car.ts'

const PART = QUARTER

/** How much dearer a plan may be than one that is as soon, or as green. */
const thenCostOf = (wish: CarWish, context: CarContext, plan: CarPlan): bigint | undefined => {
  const { gap, violations } = checkCarPlan(wish, context, plan)
  assert.deepEqual(violations, [])
  return gap && ('endMs' in gap || 'carbonMilligrams' in gap) ? gap.thenCostNanos : undefined
}
const moreOf = (wish: CarWish, context: CarContext, plan: CarPlan): number | undefined => {
  const { gap } = checkCarPlan(wish, context, plan)
  return gap && 'costNanos' in gap ? gap.moreWh : undefined
}

test('of plans that end as soon the cheapest is proved, and a dearer one is found out', () => {
  const context = centsContext(FEW_CENTS)
  const wish: CarWish = { ...FEW, goal: 'earliest', priceCapMicros: 1_200_000n }
  const plan = planned(wish, context)
  const thenCost = (of: CarPlan) => {
    const { gap } = checkCarPlan(wish, context, of)
    return gap && 'endMs' in gap ? gap.thenCostNanos : undefined
  }
  assert.ok(thenCost(plan)! < 10_000_000n, `${thenCost(plan)}`)
  const { certificate: _, ...bare } = plan
  assert.equal(thenCost(bare), undefined)
  // 2 kWh each at 50 and 60 cents and 1 at 10, where 1 at 10, 2 at 20 and 2 at 30 end with the first half of the last quarter too.
  const steps = [at(1), at(4), at(5)].map((from, step) => ({ from, to: epochMs(from + (step === 2 ? 0.5 : 1) * PART) }))
  const dear = { ...plan, start: at(1), end: steps[2]!.to, curve: steps.map((span) => ({ ...plan.curve[0]!, ...span })) }
  const certificate = certifyCar(wish, context, { plan: dear, capPrice: 0 })
  assert.ok(certificate)
  assert.equal(thenCost({ ...dear, certificate }), 1_200_000_000n)
})

/** Carbon for each quarter of an hour. */
const carbonOf = (grams: readonly number[]) => grams.map((gramsPerKwh, part) => ({ from: at(part), to: at(part + 1), gramsPerKwh }))

test('of plans that are as green the cheapest is proved, and a dearer one is found out, also where it may not pause', () => {
  // The first and the third quarter are as green, and so are the second and the last.
  const context = centsContext(FEW_CENTS, { carbon: carbonOf([100, 200, 100, 300, 300, 200]) })
  for (const uninterrupted of [false, true]) {
    const flat = uninterrupted ? centsContext(FEW_CENTS, { carbon: carbonOf([100, 100, 100, 100, 100, 100]) }) : context
    const wish: CarWish = { ...FEW, goal: 'greenest', ...(uninterrupted && { uninterrupted }) }
    const plan = planned(wish, flat)
    assert.equal(thenCostOf(wish, flat, plan), 0n)
    const { energy: _, ...rest } = planned({ ...wish, goal: 'earliest' }, flat)
    const dear = {
      ...plan,
      start: rest.start,
      end: rest.end,
      curve: rest.curve,
      cost: rest.cost,
      slots: rest.slots,
      carbonGrams: rest.carbonGrams!,
    }
    const certificate = certifyCar(wish, flat, { plan: dear, capPrice: 0 })
    if (uninterrupted) assert.equal(thenCostOf(wish, flat, dear), 1_000n * (dear.cost.totalMicros - plan.cost.totalMicros))
    else
      assert.ok(
        certificate && thenCostOf(wish, flat, { ...dear, certificate })! >= 1_000n * (dear.cost.totalMicros - plan.cost.totalMicros),
      )
  }
})

test('no plan that is as green is cheaper than the proof says: under a cap that is lower still, more is emitted', () => {
  const random = seeded(61)
  const pick = (most: number) => Math.floor(random() * most)
  let [compared, atOnce] = [0, 0]
  for (let round = 0; round < 60; round++) {
    const parts = 5 + pick(8)
    const quarters = Array.from({ length: parts }, () => ({ cents: 100 * (1 + pick(9)), grams: 100 * (1 + pick(3)) }))
    const battery = { capacity: wattHours(30_000), soc: percent(20 + pick(60)), maxPower: watts(9_000) }
    // Dear, so that a coin is little beside them.
    const context = centsContext(
      quarters.map(({ cents }) => cents),
      { carbon: carbonOf(quarters.map(({ grams }) => grams)), ...(random() < 0.4 && { battery }) },
    )
    const energy = wattHours(Math.min(5_000, 500 * (1 + pick(4 * parts - 6))))
    const minimum = { energy: wattHours(500), by: at(1 + pick(parts)) }
    const wish: CarWish = { ...FEW, energy, goal: 'greenest', departure: at(parts), ...(random() < 0.4 && { minimum }) }
    const plan = planned(wish, context)
    const less = thenCostOf(wish, context, plan)
    if (plan.shortfall || plan.minimumShortfall) continue
    assert.ok(less !== undefined, `round ${round}`)
    if (less === 0n) atOnce++
    const capped = planned({ ...wish, priceCapMicros: plan.cost.totalMicros - less / 1_000n - 200_000n }, context)
    if (capped.energy < plan.energy) continue
    compared++
    assert.ok(capped.carbonGrams! > plan.carbonGrams!, `round ${round}: ${capped.carbonGrams} g, not ${plan.carbonGrams}`)
  }
  assert.ok(compared > 30 && atOnce > 20, `${compared} ${atOnce}`)
})

test('what a cap pays for is proved to be the most, and a plan that leaves some of it is found out', () => {
  const context = centsContext(FEW_CENTS)
  // 4 kWh at 10 and 20 cents are 60, and 15 more pay for half of one at 30.
  const wish: CarWish = { ...FEW, priceCapMicros: 750_000n }
  const plan = planned(wish, context)
  assert.ok(Math.abs(plan.energy - 4_500) <= 20 && moreOf(wish, context, plan)! <= 20, `${plan.energy} ${moreOf(wish, context, plan)}`)
  const less = planned({ ...FEW, energy: wattHours(3_000) }, context)
  const short = { ...less, shortfall: { energy: wattHours(2_000), cause: 'priceCap' } } as const
  const certificate = certifyCar(wish, context, { plan: short, capPrice: 0 })
  assert.ok(certificate?.beyond)
  assert.ok(moreOf(wish, context, { ...short, certificate })! >= 1_499)
  const { beyond } = certificate
  const spoiled = { energy: beyond.energy - 200, potentials: beyond.potentials }
  assert.deepEqual(
    checkCarPlan(wish, context, { ...short, certificate: { ...certificate, beyond: spoiled } }).violations.map(({ code }) => code),
    ['certificate'],
  )
  const once = planned({ ...wish, uninterrupted: true }, context)
  assert.ok(moreOf({ ...wish, uninterrupted: true }, context, once)! <= 30)
})

test('also with a last part what a cap pays for is proved to be the most', () => {
  const context = centsContext(FEW_CENTS)
  // The last quarter is the cheapest: to keep it costs nothing.
  const wish: CarWish = { ...FEW, priceCapMicros: 750_000n, lastPart: { energy: wattHours(2_000) } }
  const plan = planned(wish, context)
  assert.ok(plan.reasons.some(({ code }) => code === 'lastPartKept'))
  assert.ok(Math.abs(plan.energy - 4_500) <= 20 && moreOf(wish, context, plan)! <= 20, `${plan.energy} ${moreOf(wish, context, plan)}`)
  const less = planned({ ...FEW, energy: wattHours(3_000), lastPart: { energy: wattHours(2_000) } }, context)
  const short = { ...less, shortfall: { energy: wattHours(2_000), cause: 'priceCap' } } as const
  const certificate = certifyCar(wish, context, { plan: short, capPrice: 0 })
  assert.ok(certificate)
  assert.ok(moreOf(wish, context, { ...short, certificate })! >= 1_499)
})

test('whatever is asked, what a cap pays for is proved to be the most but for some Wh', () => {
  const random = seeded(62)
  const met = { plain: 0, kept: 0, leftOut: 0, unpaused: 0 }
  for (let round = 0; round < 150; round++) {
    const { wish: made, context } = randomCar(random)
    const { lastPart: _, ...rest } = made
    const lastPart = { energy: wattHours(Math.min(made.energy, 1 + Math.floor(random() * 400))) }
    const wish: CarWish = {
      ...rest,
      priceCapMicros: BigInt(3 + Math.floor(random() * 15)) * 100_000n,
      ...(random() < 0.6 && !rest.uninterrupted && { lastPart }),
    }
    if (wish.energy > 8_000) continue
    const plan = planned(wish, context)
    if (plan.shortfall?.cause !== 'priceCap' || plan.energy < 2 * lastPart.energy) continue
    const isKept = plan.reasons.some(({ code }) => code === 'lastPartKept')
    met[wish.uninterrupted ? 'unpaused' : wish.lastPart ? (isKept ? 'kept' : 'leftOut') : 'plain']++
    // What is rounded to coins may be paid for by exact money.
    const more = moreOf(wish, context, plan)
    assert.ok(more !== undefined && more <= 40, `round ${round}: ${more}`)
  }
  assert.ok(met.plain > 2 && met.kept > 0 && met.leftOut > 2 && met.unpaused > 0, JSON.stringify(met))
})
