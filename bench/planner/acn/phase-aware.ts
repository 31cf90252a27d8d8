import { PHASES, type Phase, type SiteLimits } from './caltech-site.ts'
import { leastLaxity } from './month-policies.ts'
import { type MonthPolicy, mostAmperes, NO_LOAD, type Plugged } from './simulate-month.ts'

/**
 * How a car's weight falls with its laxity, and rises with what is asked for on its lines: both measured against the slots in which
 * a balanced site would work off all that is asked for now. A site that is far behind looks at neither, but at all that it can carry.
 */
const WEIGHT = { laxity: { base: 6, perBacklog: 0.25 }, lines: { most: 0.8, fades: 30 } }

/** A hair below a limit, so that sums of reals stay under it. */
const HAIR = 1e-9

type ByPhase = Record<Phase, number>

const backlogOf = (plugged: readonly Plugged[]): { readonly byPhase: ByPhase; readonly total: number } => {
  const byPhase: ByPhase = { AB: 0, BC: 0, CA: 0 }
  for (const { session, left } of plugged) byPhase[session.phase] += left
  return { byPhase, total: byPhase.AB + byPhase.BC + byPhase.CA }
}

/** Amperes that all three pairs of lines carry together when they carry the same. */
const balancedAmperes = ({ usage }: SiteLimits): number => 3 / usage({ ...NO_LOAD, AB: 1, BC: 1, CA: 1 })

const weightsOf = (plugged: readonly Plugged[], slot: number, balanced: number): readonly number[] => {
  const { byPhase, total } = backlogOf(plugged)
  const slots = total / balanced
  const { laxity, lines } = WEIGHT
  return plugged.map((car) => {
    const spare = Math.max(0, leastLaxity(car, slot))
    const share = (3 * byPhase[car.session.phase]) / total
    return (1 + lines.most * Math.exp(-slots / lines.fades) * share) / (1 + spare / (laxity.base + laxity.perBacklog * slots))
  })
}

/** What the cars of a pair of lines could take, those of most weight first. */
interface Demand {
  readonly steps: readonly { readonly index: number; readonly most: number; readonly weight: number }[]
  readonly total: number
}

/** Demands by pair of lines; a pod takes no more than its breaker carries. */
const demandsOf = (plugged: readonly Plugged[], weights: readonly number[], { podAmperes }: SiteLimits): Record<Phase, Demand> => {
  const rooms = { AV: podAmperes - HAIR, CC: podAmperes - HAIR }
  const order = [...plugged.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b)
  const steps: Record<Phase, { index: number; most: number; weight: number }[]> = { AB: [], BC: [], CA: [] }
  for (const index of order) {
    const { session } = plugged[index]!
    const most = Math.min(mostAmperes(plugged[index]!), session.pod === undefined ? Number.POSITIVE_INFINITY : rooms[session.pod])
    if (session.pod !== undefined) rooms[session.pod] -= most
    steps[session.phase].push({ index, most, weight: weights[index]! })
  }
  const demandOf = (phase: Phase): Demand => ({ steps: steps[phase], total: steps[phase].reduce((sum, { most }) => sum + most, 0) })
  return { AB: demandOf('AB'), BC: demandOf('BC'), CA: demandOf('CA') }
}

/** Worth of so many amperes to the cars of a pair of lines. */
const worthOf = ({ steps }: Demand, amperes: number): number => {
  let [worth, left] = [0, amperes]
  for (const { most, weight } of steps) {
    if (left <= 0) break
    worth += weight * Math.min(most, left)
    left -= most
  }
  return worth
}

const SECTIONS = 20
const SHORT_SECTION = 0.382
/** Where a concave function of a value from 0 to `most` is highest, by golden sections. */
const highest = (most: number, valueAt: (value: number) => number): number => {
  let [low, high] = [0, most]
  for (let step = 0; step < SECTIONS; step++) {
    const [a, b] = [low + SHORT_SECTION * (high - low), high - SHORT_SECTION * (high - low)]
    if (valueAt(a) < valueAt(b)) low = a
    else high = b
  }
  return low
}

/** The amperes of each pair of lines that are worth most together: what a site can carry is convex, and the worths are concave. */
const bestLoads = (demands: Record<Phase, Demand>, limits: SiteLimits): ByPhase => {
  const { AB, BC, CA } = demands
  const all = { AB: AB.total, BC: BC.total, CA: CA.total }
  if (limits.usage({ ...NO_LOAD, ...all }) <= 1) return all
  const upTo = (most: number, loads: ByPhase, phase: Phase) => Math.max(0, Math.min(most, limits.room(loads, phase) - HAIR))
  const restOf = (ab: number) => {
    const most = upTo(BC.total, { AB: ab, BC: 0, CA: 0 }, 'BC')
    const withCA = (bc: number) => upTo(CA.total, { AB: ab, BC: bc, CA: 0 }, 'CA')
    const bc = highest(most, (value) => worthOf(BC, value) + worthOf(CA, withCA(value)))
    const ca = withCA(bc)
    return { loads: { AB: ab, BC: bc, CA: ca }, worth: worthOf(AB, ab) + worthOf(BC, bc) + worthOf(CA, ca) }
  }
  const most = upTo(AB.total, { AB: 0, BC: 0, CA: 0 }, 'AB')
  return restOf(highest(most, (ab) => restOf(ab).worth)).loads
}

/**
 * Shares a slot by weight, and between the pairs of lines so that the weighted sum is largest within the vector sums of the line
 * currents. No solver: the three loads are searched for by nested sections.
 */
export const phaseAware = (limits: SiteLimits): MonthPolicy => {
  const balanced = balancedAmperes(limits)
  return (slot, plugged) => {
    const demands = demandsOf(plugged, weightsOf(plugged, slot, balanced), limits)
    const loads = bestLoads(demands, limits)
    const amperes = plugged.map(() => 0)
    for (const phase of PHASES) {
      let left = loads[phase]
      for (const { index, most } of demands[phase].steps) {
        amperes[index] = Math.max(0, Math.min(most, left))
        left -= amperes[index]!
      }
    }
    return amperes
  }
}
