import { milliseconds, wattHours, watts } from '@voltway/units'
import { microsPerKwh, type PlannedSite, planSite, type SiteProblem } from '../site/index.ts'
import { type Draft, openDraft, setPower } from './draft.ts'
import type { FullModel } from './full-model.ts'

/** Prices that the planner works with: of the entrance of the site, of passing nodes and phases, of what cars get; see `FullSiteCertificate`. */
export interface Prices {
  readonly site: Float64Array
  readonly node: Float64Array
  readonly phase: Float64Array
  readonly car: Float64Array
}

/** The lighter model's exact plan of a peak, and how its cost changes with it. */
interface Solved {
  readonly peak: number
  readonly planned: PlannedSite
  /** Cost with shortfall and peak, in watt-slots times micros. */
  readonly cost: number
  /** By which the cost changes with each W more of peak. */
  readonly slope: number
}

/** The cars that the lighter model can hold: those that ask for something. Its order of them. */
const flowCars = ({ cars }: FullModel): readonly number[] => [...cars.keys()].filter((car) => cars[car]!.need > 0)

const limitOfNode = (model: FullModel, node: number, peak: number): readonly number[] => {
  const { slots, nodeLimit, phaseMost, hasPhases, siteMost, base } = model
  return Array.from({ length: slots }, (_, slot) => {
    let limit = node === 0 ? Math.min(siteMost[slot]!, Math.max(0, peak - base[slot]!)) : nodeLimit[node * slots + slot]!
    if (hasPhases[node]) {
      let together = 0
      for (let phase = 0; phase < 3; phase++) together += phaseMost[(node * 3 + phase) * slots + slot]!
      limit = Math.min(limit, together)
    }
    return limit
  })
}

/**
 * The problem without what a flow cannot hold: steps, phases apart from their sum, pauses, giving back. Slots count as hours, so
 * that its Wh are our watt-slots and nothing is rounded.
 */
const flowProblem = (model: FullModel, peak: number): SiteProblem => {
  const { parent, imported, fedIn, base, cars } = model
  return {
    slotLength: milliseconds(3_600_000),
    pricePerKwh: Array.from(imported, microsPerKwh),
    nodes: Array.from(parent, (above, node) => ({
      parent: above < 0 ? undefined : above,
      limit: limitOfNode(model, node, peak).map(watts),
    })),
    surplus: { power: Array.from(base, (own) => watts(Math.max(0, -own))), feedInPerKwh: Array.from(fedIn, microsPerKwh) },
    cars: flowCars(model).map((index) => {
      const { arrive, depart, node, need, modes } = cars[index]!
      const most = modes.reduce((power, mode) => Math.max(power, mode.most), 0)
      return {
        arriveSlot: arrive,
        departSlot: depart,
        node,
        maxPower: watts(most),
        need: wattHours(Math.min(need, most * (depart - arrive))),
      }
    }),
  }
}

const solveAt = (model: FullModel, peak: number): Solved | undefined => {
  const result = planSite(flowProblem(model, peak))
  if (!result.ok) return undefined
  const { plan, certificate } = result.value
  const { demand, peakAlone, imported, base, siteMost, slots, shortfallPrice } = model
  let slope = demand
  for (let slot = 0; slot < slots; slot++) {
    if (peak - base[slot]! >= siteMost[slot]!) continue
    const price = certificate.nodePrice[slot]!
    const own = price >= certificate.shortfallPrice ? shortfallPrice : price
    slope -= Math.max(0, own - imported[slot]!)
  }
  const paid = Number.isFinite(peak) ? demand * (peak - peakAlone) : 0
  return { peak, planned: result.value, cost: Number(plan.energyCostNanos) + shortfallPrice * plan.totalShortfall + paid, slope }
}

const peakOf = (model: FullModel, { planned }: Solved): number => {
  const load = Float64Array.from(model.base)
  for (const [at, index] of flowCars(model).entries()) {
    const { arrive } = model.cars[index]!
    for (let place = planned.plan.offsets[at]!; place < planned.plan.offsets[at + 1]!; place++)
      load[arrive + place - planned.plan.offsets[at]!]! += planned.plan.energyWh[place]!
  }
  return load.reduce((most, power) => Math.max(most, power), model.peakAlone)
}

/** Two plans around the best peak, which may be the same, and what share of the prices of the lower one makes their slopes even out. */
interface Bracket {
  readonly low: Solved
  readonly high: Solved
  readonly best: Solved
}

const MOST_TRIES = 40

/**
 * The cost is convex in the peak, piecewise linear: where the lines of two plans cross is the next peak to try, and when the cost
 * there lies on the lines, it is the best (Kelley's cutting planes in one dimension).
 */
const searchPeak = (model: FullModel): Bracket | undefined => {
  const open = solveAt(model, Number.POSITIVE_INFINITY)
  if (!open || model.demand === 0) return open && { low: open, high: open, best: open }
  let low = solveAt(model, model.peakAlone)!
  if (low.slope >= 0) return { low, high: low, best: low }
  const top = peakOf(model, open)
  let high: Solved = { ...open, peak: top, cost: open.cost + model.demand * (top - model.peakAlone), slope: model.demand }
  let best = high.cost < low.cost ? high : low
  for (let tries = 0; tries < MOST_TRIES && high.peak - low.peak > 1; tries++) {
    const crossing = (high.cost - low.cost + low.slope * low.peak - high.slope * high.peak) / (low.slope - high.slope)
    const peak = Math.min(high.peak - 1, Math.max(low.peak + 1, Math.ceil(crossing)))
    const bound = low.cost + low.slope * (crossing - low.peak)
    if (best.cost - bound <= 1e-9 * Math.abs(bound)) break
    const next = solveAt(model, peak)!
    if (next.cost < best.cost) best = next
    if (next.slope < 0) low = next
    else high = next
  }
  return { low, high, best }
}

/** A certificate of the lighter model in our words. */
const pricesOf = (model: FullModel, { planned }: Solved): Prices => {
  const { parent, slots, cars, shortfallPrice, hasPhases, phaseMost, nodeLimit } = model
  const { nodePrice, carPrice, shortfallPrice: never } = planned.certificate
  const own = (price: number) => (price >= never ? shortfallPrice : price)
  const through = Float64Array.from(nodePrice, own)
  const node = new Float64Array(parent.length * slots)
  const phase = new Float64Array(parent.length * 3 * slots)
  for (let index = 1; index < parent.length; index++)
    for (let slot = 0; slot < slots; slot++) {
      const at = index * slots + slot
      // A node that costs less than the one above it is one that nobody needs.
      through[at] = Math.max(through[at]!, through[parent[index]! * slots + slot]!)
      const price = through[at]! - through[parent[index]! * slots + slot]!
      const row = index * 3 * slots + slot
      const isOfPhases = hasPhases[index] && phaseMost[row]! + phaseMost[row + slots]! + phaseMost[row + 2 * slots]! < nodeLimit[at]!
      if (!isOfPhases) node[at] = price
      else for (let each = 0; each < 3; each++) phase[row + each * slots] = price
    }
  const car = new Float64Array(cars.length)
  for (const [at, index] of flowCars(model).entries()) car[index] = Math.min(own(carPrice[at]!), cars[index]!.shortfallPrice)
  return { site: through.slice(0, slots), node, phase, car }
}

const mix = (a: Float64Array, b: Float64Array, share: number): Float64Array => a.map((value, at) => share * value + (1 - share) * b[at]!)

export interface FlowRelaxation {
  /** The relaxed plan, in whole W but without regard to steps, phases and pauses; cars that give back only charge. */
  readonly draft: Draft
  readonly prices: Prices
  readonly peak: number
}

const draftOf = (model: FullModel, { planned }: Solved): Draft => {
  const draft = openDraft(model)
  const { offsets, energyWh } = planned.plan
  for (const [at, index] of flowCars(model).entries()) {
    const { arrive, modes } = model.cars[index]!
    for (let place = offsets[at]!; place < offsets[at + 1]!; place++)
      if (energyWh[place]! > 0)
        setPower(model, draft, { car: index, slot: arrive + place - offsets[at]!, mode: modes.length - 1, watts: energyWh[place]! })
  }
  return draft
}

/**
 * The best plan of what a flow can hold - nested limits, prices, the sun, the building, the peak - exact but for a W of peak, with
 * prices that prove it.
 */
export const flowRelaxation = (model: FullModel): FlowRelaxation | undefined => {
  const bracket = searchPeak(model)
  if (!bracket) return undefined
  const { low, high, best } = bracket
  const share = low === high || high.slope === low.slope ? 1 : Math.min(1, Math.max(0, high.slope / (high.slope - low.slope)))
  const [a, b] = [pricesOf(model, low), pricesOf(model, high)]
  const prices = {
    site: mix(a.site, b.site, share),
    node: mix(a.node, b.node, share),
    phase: mix(a.phase, b.phase, share),
    car: mix(a.car, b.car, share),
  }
  return { draft: draftOf(model, best), prices, peak: best.peak }
}
