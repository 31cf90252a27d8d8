import { answerPrices } from './answer-prices.ts'
import { answerOfSite } from './answer-site.ts'
import { type Ascent, pricesOf } from './ascent.ts'
import { dilatedAscent } from './dilated-ascent.ts'
import type { Prices } from './flow-relaxation.ts'
import { KINDS, THREE } from './full-model.ts'
import { rowOf } from './price-tables.ts'

/** How often prices are put before all cars, at most. */
const ROUNDS = 800
/** The first step of all prices together: micros per kWh. */
const FIRST_STEP = 20_000
/** A limit is worth a price of its own where loads came so near to it. */
const NEAR = 0.98

/** A price that is searched: where it stands, the load that it is for, and what that may be. */
interface Priced {
  readonly prices: Float64Array
  readonly at: number
  readonly load: (loads: Float64Array) => number
  readonly most: number
  readonly least: number
}

const throughNode = (node: number, slot: number, slots: number) => (loads: Float64Array) => {
  let sum = 0
  for (let kind = 0; kind < KINDS; kind++) sum += loads[rowOf(node, kind, slots) + slot]!
  return sum
}

/** Prices of limits below the site, and of phases, that are not nothing or may have to be more. */
const pricedLimits = ({ model, parts, mean }: Ascent): readonly Priced[] => {
  const { slots, parent, nodeLimit, phaseMost, phaseLeast, hasPhases } = model
  const priced: Priced[] = []
  const add = (one: Priced) => {
    const load = one.load(mean)
    if (one.prices[one.at] !== 0 || load > NEAR * one.most || load < NEAR * one.least) priced.push(one)
  }
  for (let node = 0; node < parent.length; node++)
    for (let slot = 0; slot < slots; slot++) {
      const at = node * slots + slot
      if (node > 0) add({ prices: parts.node, at, load: throughNode(node, slot, slots), most: nodeLimit[at]!, least: -nodeLimit[at]! })
      for (let phase = 0; phase < 3 && hasPhases[node]; phase++) {
        const row = (node * 3 + phase) * slots + slot
        const [own, all] = [rowOf(node, phase, slots) + slot, rowOf(node, THREE, slots) + slot]
        const load = (loads: Float64Array) => loads[own]! + loads[all]! / 3
        add({ prices: parts.phase, at: row, load, most: phaseMost[row]!, least: phaseLeast[row]! })
      }
    }
  return priced
}

/** What cars pay apart from prices: wear, and what they lack. */
const paidByCars = ({ model, lacking, answers, offsets }: Ascent): number => {
  let paid = 0
  for (const [index, { shortfallPrice, battery }] of model.cars.entries()) {
    paid += shortfallPrice * lacking[index]!
    if (battery) for (let at = offsets[index]!; at < offsets[index + 1]!; at++) paid -= Math.min(0, answers[at]!) * battery.wear
  }
  return paid
}

/**
 * Brings prices near the best bound that prices can give, for a site of few cars: a step by each price alone, as the ascent makes, zigzags
 * there. The bound itself is raised by subgradients with dilation of space, over the price of the site in each slot and those of all limits
 * that are near. Uses up the ascent.
 * @param enough a bound that is near enough to the plan, in watt-slots times micros
 */
export const polishPrices = (ascent: Ascent, enough: number): Prices => {
  const { model, parts, load } = ascent
  const { slots } = model
  const limits = pricedLimits(ascent)
  const first = pricesOf(ascent).site
  parts.peak.fill(0)
  parts.limit.fill(0)
  let best = { bound: Number.NEGATIVE_INFINITY, prices: pricesOf(ascent) }
  let rounds = 0
  const raised = (point: Float64Array, gradient: Float64Array): number => {
    rounds++
    parts.market.set(point.subarray(0, slots))
    for (const [index, { prices, at }] of limits.entries()) prices[at] = point[slots + index]!
    answerPrices(ascent, { turn: 0, of: 1 })
    const site = answerOfSite(model, parts.market)
    let bound = site.cost + paidByCars(ascent)
    for (let slot = 0; slot < slots; slot++) {
      const all = throughNode(0, slot, slots)(load)
      bound += parts.market[slot]! * all
      gradient[slot] = all - site.load[slot]!
    }
    for (const [index, one] of limits.entries()) {
      const price = point[slots + index]!
      gradient[slots + index] = one.load(load) - (price > 0 ? one.most : one.least)
      bound += price * gradient[slots + index]!
    }
    if (bound > best.bound) {
      const { site: own, node, phase, car } = pricesOf(ascent)
      best = { bound, prices: { site: own, node: node.slice(), phase: phase.slice(), car: car.slice() } }
    }
    return bound
  }
  const point = Float64Array.from([...first, ...limits.map(({ prices, at }) => prices[at]!)])
  dilatedAscent(raised, point, { step: FIRST_STEP, goesOn: () => rounds < ROUNDS && best.bound < enough })
  return best.prices
}
