import {
  carNumbers,
  checkSitePlan,
  microsPerKwh,
  planSite,
  problemOf,
  replan,
  type SiteChange,
  type SiteProblem,
  type SiteSolver,
  scheduleOf,
  siteCertificateOf,
  sitePlanOf,
} from '@voltway/domain/planning/site'
import { seeded, watts } from '@voltway/units'

export interface ReplanTimes {
  readonly kind: 'arrival' | 'departure' | 'price change' | 'cap cut'
  readonly milliseconds: readonly number[]
  /** Whether the plan after the last change is proved to be the best. */
  readonly isProved: boolean
}

type Maker = (random: () => number, solver: SiteSolver, arrivals: SiteProblem) => SiteChange

/** Planned W of the site in each slot. */
const loadOf = (solver: SiteSolver): readonly number[] => {
  const [{ cars, pricePerKwh, slotLength }, plan] = [problemOf(solver), sitePlanOf(solver)]
  const load = pricePerKwh.map(() => 0)
  for (const [index, { arriveSlot }] of cars.entries())
    for (const [at, energy] of scheduleOf(plan, index).entries()) load[arriveSlot + at]! += (energy * 3_600_000) / slotLength
  return load
}

const MAKERS: Readonly<Record<ReplanTimes['kind'], Maker>> = {
  arrival: (random, _, { cars }) => ({ kind: 'arrival', car: cars[Math.floor(random() * cars.length)]! }),
  departure: (random, solver) => {
    const present = carNumbers(solver)
    return { kind: 'departure', car: present[Math.floor(random() * present.length)]! }
  },
  // One hour becomes dearer or cheaper.
  'price change': (random, solver) => {
    const { pricePerKwh } = problemOf(solver)
    const [hour, step] = [Math.floor(random() * 24), Math.floor(random() * 60_000) - 30_000]
    return {
      kind: 'prices',
      pricePerKwh: pricePerKwh.map((price, slot) => microsPerKwh(Math.floor(slot / 4) === hour ? price + step : price)),
    }
  },
  // The grid asks for a tenth less than is planned in one hour.
  'cap cut': (random, solver) => {
    const { nodes, pricePerKwh } = problemOf(solver)
    const { limit } = nodes[0]!
    const load = loadOf(solver)
    const busy = [...load.keys()].filter((slot) => load[slot]! > 0)
    const hour = Math.floor(busy[Math.floor(random() * busy.length)]! / 4)
    const cut = (value: number, slot: number) =>
      watts(Math.floor(slot / 4) === hour ? Math.min(value, Math.floor(load[slot]! * 0.9)) : value)
    return { kind: 'limit', node: 0, limit: pricePerKwh.map((_, slot) => cut(typeof limit === 'number' ? limit : limit[slot]!, slot)) }
  },
}

const WARM_UP = 30

/** Plans a site, and then changes it one by one: each time is that of one `replan`, its delta included. */
export const measureReplans = (
  problem: SiteProblem,
  arrivals: SiteProblem,
  counts: Readonly<Record<ReplanTimes['kind'], number>>,
): readonly ReplanTimes[] =>
  (Object.keys(MAKERS) as ReplanTimes['kind'][]).map((kind) => {
    const random = seeded(kind.length)
    const planned = planSite(problem)
    if (!planned.ok) throw new Error(JSON.stringify(planned.failure))
    const { solver } = planned.value
    const milliseconds: number[] = []
    for (let round = 0; round < counts[kind] + WARM_UP; round++) {
      const change = MAKERS[kind](random, solver, arrivals)
      const began = performance.now()
      const result = replan(solver, change)
      const spent = performance.now() - began
      if (!result.ok) throw new Error(JSON.stringify(result.failure))
      if (round >= WARM_UP) milliseconds.push(spent)
    }
    const check = checkSitePlan(problemOf(solver), sitePlanOf(solver), siteCertificateOf(solver))
    return { kind, milliseconds, isProved: check.violations.length === 0 && check.shortfallGapWh === 0n && check.costGapNanos === 0n }
  })
