import type { FullSiteCar, FullSiteNode, FullSiteProblem, Phase } from './full-site-problem.ts'

/** The checker's own reading of a problem: nothing here is used by the planner. Energy is in W over one slot ("watt-slots"). */

export const hoursOf = ({ slotLength }: FullSiteProblem): number => slotLength / 3_600_000
export const limitOf = (limit: number | readonly number[], slot: number): number => (typeof limit === 'number' ? limit : limit[slot]!)
export const PHASE_AT: Readonly<Record<Phase, number>> = { L1: 0, L2: 1, L3: 2 }

/** What the site takes without any car: load less sun; negative when it feeds in. */
export const withoutCars = ({ load, solar }: FullSiteProblem, slot: number): number => (load?.[slot] ?? 0) - (solar?.power[slot] ?? 0)

/** The price of import and what feeding in pays, which is never more. */
export const marketAt = ({ pricePerKwh, solar }: FullSiteProblem, slot: number) => {
  const imported = pricePerKwh[slot]!
  return { imported, fedIn: solar ? solar.feedInPerKwh[slot]! : Math.min(0, imported) }
}

/** Most and least that all cars together may take in a slot, by the site's own limit and that of feeding in. */
export const carRoomAt = (problem: FullSiteProblem, slot: number): { readonly most: number; readonly least: number } => {
  const [base, limit] = [withoutCars(problem, slot), limitOf(problem.nodes[0]!.limit, slot)]
  const mayExport = Math.max(-base, Math.min(problem.exportLimit ?? 0, limit))
  return { most: Math.max(0, limit - base), least: Math.min(0, -mayExport - base) }
}

/** Most and least that all cars together may take from one phase below a node, in W. */
export const phaseRoomAt = (
  problem: FullSiteProblem,
  node: number,
  { phase, slot }: { readonly phase: number; readonly slot: number },
): { readonly most: number; readonly least: number } => {
  const { limit, volts, others } = problem.nodes[node]!.phases!
  const [watts, base] = [limitOf(limit, slot) * volts, node === 0 ? withoutCars(problem, slot) / 3 : 0]
  const taken = base + (others?.[phase] ?? 0)
  return { most: Math.max(0, watts - taken), least: Math.min(0, -watts - taken) }
}

/** One way in which a car can draw: how many phases, from which, and the powers that can be signalled: `least`, then in steps, to `most`. */
export interface Drawing {
  readonly phases: 1 | 3
  readonly from: readonly number[]
  readonly least: number
  readonly most: number
  readonly step: number
}

const drawing = ({ current, leastPower, maxPower, connection }: FullSiteCar, phases: 1 | 3, from: readonly number[]): Drawing => {
  // Switched to one phase, it carries what each of three does.
  const part = typeof connection === 'object' && phases === 1 ? 3 : 1
  if (!current) return { phases, from, least: Math.max(1, Math.ceil((leastPower ?? 0) / part)), most: Math.floor(maxPower / part), step: 1 }
  const perAmpere = current.volts * phases
  const most = Math.min(current.most, Math.floor(maxPower / perAmpere))
  const steps = Math.floor((most - current.least) / current.step)
  return {
    phases,
    from,
    least: current.least * perAmpere,
    most: (current.least + steps * current.step) * perAmpere,
    step: current.step * perAmpere,
  }
}

export const drawingsOf = (car: FullSiteCar): readonly Drawing[] => {
  const { connection = 'three' } = car
  const three = drawing(car, 3, [0, 1, 2])
  if (connection === 'three') return [three]
  const single = drawing(car, 1, [PHASE_AT[typeof connection === 'string' ? connection : connection.switchable]])
  return typeof connection === 'string' ? [single] : [single, three].filter(({ least, most }) => most >= least)
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/** What a car asks for in whole watt-slots; the same as its steps can make it; and the most that it may get, a step more where they cannot. */
export const needOf = (car: FullSiteCar, hours: number): { readonly least: number; readonly inSteps: number; readonly most: number } => {
  const least = Math.floor(car.need / hours + 1e-9)
  const drawings = drawingsOf(car)
  const slack = Math.max(...drawings.map((one) => Math.max(one.step, one.least))) - 1
  const step = drawings.reduce((common, one) => commonDivisor(commonDivisor(common, one.least), one.step), 0)
  return { least, inSteps: Math.ceil(least / step) * step, most: least === 0 ? 0 : least + slack }
}

/** What counts of what a car lacks: whole steps where it has some, since the last Wh could only be given as one. */
export const pricedLack = (car: FullSiteCar, lacking: number, hours: number): number => {
  if (lacking === 0 || car.vehicleToGrid) return lacking
  const { least, inSteps } = needOf(car, hours)
  return lacking + inSteps - least
}

/** A kWh that a car of no priority lacks counts this much, in micros: as the problem says, or more than any way to deliver it. */
export const shortfallPriceOf = (problem: FullSiteProblem): number => {
  const { pricePerKwh, solar, demandCharge, shortfallPerKwh } = problem
  if (shortfallPerKwh !== undefined) return shortfallPerKwh
  const prices = [...pricePerKwh, ...(solar?.feedInPerKwh ?? []), 0]
  const spread = Math.max(...prices) - Math.min(...prices)
  return Math.ceil(2 * (spread + (demandCharge?.pricePerKw ?? 0) / hoursOf(problem))) + 1_000_000
}

/** The nodes above a car, its own first, the site last. */
export const nodesAbove = (nodes: readonly FullSiteNode[], car: FullSiteCar): readonly number[] => {
  const above: number[] = []
  for (let at: number | undefined = car.node; at !== undefined; at = nodes[at]!.parent) above.push(at)
  return above
}
