import { LINE_PAIRS, type LinePair, type PairLoads, type PhaseLimits } from './phase-limits.ts'

/** A car that may charge in a slot, at an EVSE between two lines. */
export interface PhaseClaim {
  readonly pair: LinePair
  /** Amperes that it can take in the slot. */
  readonly most: number
  /** Amperes times slots that it still wants. */
  readonly left: number
  /** Slots left to it beyond what it needs; below zero where it can no longer have all. */
  readonly laxity: number
  /** The breaker that it shares with others of its lines, where there is one. */
  readonly breaker?: number | undefined
}

export interface PhaseSite {
  readonly limits: PhaseLimits
  /** Amperes that each breaker carries. */
  readonly breakers?: readonly number[] | undefined
}

/**
 * How a car's weight falls with its laxity, and rises with what is asked for on its lines: both measured against the slots in which
 * all that is asked for now would be worked off; `widens` and `fades` are such slots. A site that is far behind looks at neither, but
 * at all that it can carry.
 */
const WEIGHT = { laxity: { perBacklog: 0.3, widens: 50 }, lines: { most: 0.8, fades: 20 } }

/** A hair below a limit, so that sums of reals stay under it. */
const HAIR = 1e-9

const backlogOf = (claims: readonly PhaseClaim[]): PairLoads => {
  const backlog = { AB: 0, BC: 0, CA: 0 }
  for (const { pair, left } of claims) backlog[pair] += left
  return backlog
}

const weightsOf = (claims: readonly PhaseClaim[], { usage }: PhaseLimits): readonly number[] => {
  const backlog = backlogOf(claims)
  const total = backlog.AB + backlog.BC + backlog.CA
  const { laxity, lines } = WEIGHT
  const balanced = usage({ AB: 1, BC: 1, CA: 1 })
  const slots = (total * balanced) / 3
  const most = lines.most * Math.exp(-slots / lines.fades)
  const widening = laxity.perBacklog * (1 + slots / laxity.widens)
  const ofPair = (pair: LinePair) => ({
    rise: 1 + most * Math.sqrt((3 * backlog[pair]) / total),
    // As long as the whole site takes, and these lines would by themselves.
    lax: widening * (slots + backlog[pair] * balanced),
  })
  const pairs = { AB: ofPair('AB'), BC: ofPair('BC'), CA: ofPair('CA') }
  return claims.map(({ pair, laxity: own }) => pairs[pair].rise / (1 + Math.max(0, own) / pairs[pair].lax) ** 2)
}

interface Step {
  readonly index: number
  readonly most: number
  readonly weight: number
}

/** What the cars between two lines could take, those of most weight first. */
interface Demand {
  readonly steps: readonly Step[]
  readonly total: number
}

/** Demands by pair of lines; a breaker takes no more than it carries. */
const demandsOf = (claims: readonly PhaseClaim[], { limits, breakers = [] }: PhaseSite): Readonly<Record<LinePair, Demand>> => {
  const weights = weightsOf(claims, limits)
  const rooms = breakers.map((amperes) => amperes - HAIR)
  const steps: Record<LinePair, Step[]> = { AB: [], BC: [], CA: [] }
  for (const index of [...claims.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b)) {
    const { pair, breaker, most: own } = claims[index]!
    const most = breaker === undefined ? own : Math.max(0, Math.min(own, rooms[breaker] ?? 0))
    if (breaker !== undefined && breaker < rooms.length) rooms[breaker]! -= most
    steps[pair].push({ index, most, weight: weights[index]! })
  }
  const demandOf = (pair: LinePair): Demand => ({ steps: steps[pair], total: steps[pair].reduce((sum, { most }) => sum + most, 0) })
  return { AB: demandOf('AB'), BC: demandOf('BC'), CA: demandOf('CA') }
}

/** Worth of so many amperes to the cars between two lines: concave, since those of most weight come first. */
const worthOf = ({ steps }: Demand, amperes: number): number => {
  let worth = 0
  let left = amperes
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
  let low = 0
  let high = most
  for (let step = 0; step < SECTIONS; step++) {
    const a = low + SHORT_SECTION * (high - low)
    const b = high - SHORT_SECTION * (high - low)
    if (valueAt(a) < valueAt(b)) low = a
    else high = b
  }
  return low
}

/** The amperes of each pair of lines that are worth most together: what a site can carry is convex, and the worths are concave. */
const bestLoads = ({ AB, BC, CA }: Readonly<Record<LinePair, Demand>>, limits: PhaseLimits): PairLoads => {
  const all = { AB: AB.total, BC: BC.total, CA: CA.total }
  if (limits.usage(all) <= 1) return all
  const upTo = (most: number, loads: PairLoads, pair: LinePair) => Math.max(0, Math.min(most, limits.room(loads, pair) - HAIR))
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
 * Shares a slot among cars at EVSEs between lines of a three-phase site: by weights of laxity and backlog, and between the lines so that
 * the weighted sum is largest within the vector sums of the currents. No solver: the three loads are searched for by nested sections
 * (docs/decisions/0012).
 * @returns amperes of each claim; no current and no breaker is ever above its limit
 */
export const sharePhases = (claims: readonly PhaseClaim[], site: PhaseSite): readonly number[] => {
  const shares = claims.map(() => 0)
  if (!claims.some(({ left }) => left > 0)) return shares
  const demands = demandsOf(claims, site)
  const loads = bestLoads(demands, site.limits)
  for (const pair of LINE_PAIRS) {
    let left = loads[pair]
    for (const { index, most } of demands[pair].steps) {
      shares[index] = Math.max(0, Math.min(most, left))
      left -= shares[index]!
    }
  }
  return shares
}
