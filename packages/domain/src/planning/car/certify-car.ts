import type { CarCertificate, CarPotentials } from './car-certificate.ts'
import { type CarMeasure, carMeasure, MONEY, measured, moneyWith } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, cutTask, freeTask, ownWindow, type ProvedPlan, type ProvedWish, secondTask } from './car-task.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { chargeLayers, placeOf, valueAt } from './charge-layers.ts'
import { costToGo } from './cost-to-go.ts'
import { energyPrice } from './energy-price.ts'
import { leastEnergies } from './least-energies.ts'
import { boundOf, mostCost, soonestGap } from './prove-car.ts'

const QUARTER = 900_000
/** Energies of a window times its stretches, at most. */
const MOST_WORK = 16_000
/** The same of one that only looks for a price. */
const ROUGH_WORK = 2_000
const FINE = 400

/** Whether energy alone decides, at a price that does not depend on what is in. */
const isLinear = ({ windows }: CarTask, context: CarContext, measure: CarMeasure): boolean =>
  context.battery === undefined && windows.flat().every((stretch) => measure.perMs(stretch) === 0)

/** Energies from which charging ends, or has the minimum, in so many parts of a quarter of an hour: where costs to go bend. */
const energiesOf = (task: CarTask, context: CarContext, work: number): Float64Array => {
  const { energy, minimum, windows } = task
  const fine = chargeLayers(
    Float64Array.from({ length: FINE + 1 }, (_, step) => (energy * step) / FINE),
    context,
  )
  const times = fine.timesAt(Math.max(1, ...windows.flat().map(({ power }) => power)))
  const cells = Math.max(1, ...windows.map(({ length }) => length))
  const found = [0, energy, ...windows.flatMap((stretches) => [...leastEnergies({ stretches, layers: fine, minimum })])]
  const goals = minimum ? [energy, Math.min(energy, minimum.energy)] : [energy]
  const parts = Math.max(0.25, Math.min(32, Math.floor(work / cells / (1 + times.at(-1)! / QUARTER) / goals.length)))
  for (const goal of goals)
    for (let clock = valueAt(times, placeOf(fine.energies, goal)); clock > 0; clock -= QUARTER / parts)
      found.push(valueAt(fine.energies, placeOf(times, clock)))
  const near = energy / 4_000
  const kept: number[] = []
  const isNear = (value: number) => goals.some((goal) => Math.abs(goal - value) <= near)
  for (const value of [...found.filter((one) => !isNear(one)), ...goals, 0].sort((a, b) => a - b))
    if (kept.length === 0 || value - kept.at(-1)! > near || (goals.includes(value) && value > kept.at(-1)!)) kept.push(value)
  return Float64Array.from(kept)
}

/** The first start of each stretch of time in which a start costs the same. */
const firstStarts = (stretches: readonly CarStretch[], measure: CarMeasure): readonly number[] => {
  const starts = stretches.flatMap((stretch, place) => {
    const fee = measure.fee(stretch)
    return fee === undefined ? [] : [{ place, fee }]
  })
  return starts.filter(({ fee }, index) => fee !== starts[index - 1]?.fee).map(({ place }) => place)
}

/** One price of energy for each of the first starts. */
const priced = (task: CarTask, context: CarContext, measure: CarMeasure): readonly CarPotentials[] => {
  const energies = Float64Array.of(0, task.energy)
  const ask = { layers: chargeLayers(energies, context), measure, minimum: task.minimum }
  const made = task.windows.map((stretches) => firstStarts(stretches, measure).map((first) => energyPrice({ ...ask, stretches }, first)))
  const most = Math.max(1, ...made.map(({ length }) => length))
  return Array.from({ length: most }, (_, kind) => ({
    energies,
    windows: task.windows.map((stretches, window) => made[window]![kind] ?? made[window]![0] ?? new Float64Array(2 * stretches.length + 2)),
  }))
}

const tabled = (task: CarTask, context: CarContext, { measure, work }: { measure: CarMeasure; work: number }): readonly CarPotentials[] => {
  const energies = energiesOf(task, context, work)
  const ask = { layers: chargeLayers(energies, context), measure, minimum: task.minimum }
  return [{ energies, windows: task.windows.map((stretches) => costToGo({ ...ask, stretches })) }]
}

const potentialsFor = (task: CarTask, context: CarContext, measure: CarMeasure, work = MOST_WORK): readonly CarPotentials[] =>
  isLinear(task, context, measure) ? priced(task, context, measure) : tabled(task, context, { measure, work })

/** So long before its end a plan is held against what could end sooner, the closest first. */
const EARLIER_MS = [1, 1_000, 5_000, 20_000, 60_000, 300_000, 900_000, 3_600_000]
/** Then so many times closer by half, between the first that is proved and the last that is not. */
const HALVINGS = 4

/** Proves that nothing which ends much sooner is under the cap; undefined where it is not the cap that delays. */
const delayed = (wish: CarWish, context: CarContext, task: CarTask): CarCertificate | undefined => {
  const gap = wish.priceCapMicros === undefined ? undefined : soonestGap(context, task)
  if (gap === undefined) return undefined
  const most = mostCost(wish, task)
  const tryAt = (earlier: number): CarCertificate | undefined => {
    const notBefore = task.end - earlier
    const cut = cutTask(task, notBefore)
    const potentials = potentialsFor(cut, context, MONEY)
    return boundOf(cut, context, { potentials, measure: MONEY }) > most ? { potentials, capPrice: 0, notBefore } : undefined
  }
  let [low, high, proof] = [0, 0, undefined as CarCertificate | undefined]
  for (const earlier of EARLIER_MS) {
    if (gap <= earlier) return undefined
    high = earlier
    proof = tryAt(earlier)
    if (proof) break
    low = earlier
  }
  if (!proof || low < 1_000) return proof
  for (let round = 0; round < HALVINGS; round++) {
    const middle = Math.round((low + high) / 2)
    const closer = tryAt(middle)
    if (closer) [proof, high] = [closer, middle]
    else low = middle
  }
  return proof
}

/** So much more is looked at for the price at the margin. */
const PROBE_WH = 500
/** Tries for an energy that the cap does not pay for. */
const TRIES = 5

/** Proves that the cap does not pay for much more: at first as much more as the price at the margin says. */
const beyondCap = (wish: CarWish, context: CarContext, task: CarTask): CarCertificate['beyond'] => {
  const at = (energy: number) => {
    const potentials = potentialsFor({ ...task, energy }, context, MONEY)
    return { energy, potentials, bound: boundOf({ ...task, energy }, context, { potentials, measure: MONEY }) }
  }
  const cap = mostCost(wish, task)
  const [here, further] = [at(task.energy), at(task.energy + PROBE_WH)]
  const perWh = (further.bound - here.bound) / PROBE_WH
  let more = perWh > 0 ? Math.max(1, Math.ceil((cap - here.bound) / perWh)) : 1
  for (let round = 0; round < TRIES; round++, more *= 2) {
    const { energy, potentials, bound } = at(task.energy + more)
    if (bound > cap) return { energy, potentials }
  }
  return undefined
}

/** An earliest plan: that nothing much sooner is paid for, where a cap delays it; and that nothing which ends no later is much cheaper. */
const certifyEarliest = (wish: CarWish, context: CarContext, task: CarTask): CarCertificate => {
  const first = delayed(wish, context, task)
  const second = { potentials: potentialsFor(secondTask(task), context, MONEY), carbonPrice: 0 }
  return { ...(first ?? { potentials: [], capPrice: 0 }), second }
}

/** Carbon in whole g: all that costs less, and is not as green, emits so much more. */
const LEAST_GRAMS = 1
/** Powers of two among which the price of carbon is looked for: between them what it proves has one best. */
const PRICE_BITS = [4, 20] as const
const NEAR_BITS = 2
const GOLDEN = (Math.sqrt(5) - 1) / 2

/** Where a function with one dip is least, by golden section. */
const leastAt = (of: (at: number) => number, [from, to]: readonly [number, number], near: number): number => {
  const valueAt = (at: number) => ({ at, value: of(at) })
  let [low, high] = [from, to]
  let [left, right] = [valueAt(high - GOLDEN * (high - low)), valueAt(low + GOLDEN * (high - low))]
  while (high - low > near)
    if (left.value <= right.value) {
      ;[high, right] = [right.at, left]
      left = valueAt(high - GOLDEN * (high - low))
    } else {
      ;[low, left] = [left.at, right]
      right = valueAt(low + GOLDEN * (high - low))
    }
  return (low + high) / 2
}

/** A price of carbon at which no saving is worth more carbon, where cells differ by no less than they do. */
const priceOfAll = ({ windows }: CarTask): number => {
  const stretches = windows.flat()
  const [prices, grams] = [stretches.map(({ perKwh }) => perKwh), [...new Set(stretches.map((one) => one.grams))].sort((a, b) => a - b)]
  const steps = grams.slice(1).map((value, index) => value - grams[index]!)
  return 1 + (Math.max(...prices) - Math.min(...prices)) / Math.max(LEAST_GRAMS, Math.min(...steps))
}

/** A greenest plan: that nothing which is as green is much cheaper, by the price of carbon that proves most. */
const certifyGreenest = (context: CarContext, task: CarTask, capPrice: number): CarCertificate => {
  const potentials = potentialsFor(task, context, carMeasure('greenest', capPrice))
  const at = (carbonPrice: number, work = MOST_WORK) => {
    const measure = moneyWith(carbonPrice)
    const second = { potentials: potentialsFor(task, context, measure, work), carbonPrice }
    return { second, gap: measured(task, ownWindow(task), measure) - boundOf(task, context, { ...second, measure }) }
  }
  if (isLinear(task, context, MONEY)) {
    const { second, gap } = at(priceOfAll(task))
    if (gap < 1) return { potentials, capPrice, second }
  }
  const bits = leastAt((tried) => at(2 ** tried, ROUGH_WORK).gap, PRICE_BITS, NEAR_BITS)
  // What is proved with more energies is closer, also where carbon is dearer; a cap has a price of its own.
  const tried = [2 ** bits, 2 ** (bits + 1), ...(capPrice > 0 ? [1 / capPrice] : [])].map((price) => at(price))
  const { second } = tried.reduce((best, one) => (one.gap < best.gap ? one : best))
  return { potentials, capPrice, second }
}

/**
 * Potentials for a plan, by the way that fits what is asked. Undefined where there is nothing to choose, or where the checker needs none.
 * They are not trusted: it does no harm that they are made with the checker's own cuts and layers.
 * @param capPrice of the search that found a greenest plan under its cap; 0 where none binds
 */
export const certifyCar = (
  wish: ProvedWish,
  context: CarContext,
  { plan, capPrice }: { readonly plan: ProvedPlan; readonly capPrice: number },
): CarCertificate | undefined => {
  const task = carTask(wish, context, plan)
  if (task.energy < 1 || wish.uninterrupted) return undefined
  if (task.goal === 'earliest') return certifyEarliest(wish, context, task)
  if (task.goal === 'greenest') return certifyGreenest(context, task, capPrice)
  const beyond = task.isLeftByCap ? beyondCap(wish, context, freeTask(wish, context, plan)) : undefined
  return { potentials: potentialsFor(task, context, MONEY), capPrice: 0, ...(beyond && { beyond }) }
}
