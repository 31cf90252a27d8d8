import type { CaltechSession } from './caltech-month.ts'
import { type Loads, type SiteLimits, VOLTS } from './caltech-site.ts'

const SLOT_HOURS = 5 / 60
/** Most that a battery takes in the published experiment. */
const MOST_KW = 6.6
export const MOST_AMPERES = (MOST_KW * 1_000) / VOLTS
/** Amperes through one slot that are worth a kWh. */
const AMPERES_PER_KWH = 1_000 / (VOLTS * SLOT_HOURS)

/** A car that is there and wants more. */
export interface Plugged {
  readonly number: number
  readonly session: CaltechSession
  /** Amperes times slots that it still wants. */
  readonly left: number
}

/** @returns amperes of each car that is there, in their order */
export type MonthPolicy = (slot: number, plugged: readonly Plugged[], limits: SiteLimits) => readonly number[]

export const mostAmperes = ({ left }: Plugged): number => Math.min(left, MOST_AMPERES)

export const addLoad = (loads: Loads, { phase, pod }: Pick<CaltechSession, 'phase' | 'pod'>, amperes: number): Loads => ({
  ...loads,
  [phase]: loads[phase] + amperes,
  ...(pod === undefined ? {} : { [pod]: loads[pod] + amperes }),
})
export const NO_LOAD: Loads = { AB: 0, BC: 0, CA: 0, AV: 0, CC: 0 }

export interface MonthResult {
  readonly deliveredPercent: number
  /** The most that any limit was used: 1 is at the limit. */
  readonly peakUsage: number
  readonly decisions: number
  readonly milliseconds: number
}

/** A hair, for sums of reals. */
const TOLERANCE = 1e-9

/** Lives the month slot by slot; throws where a policy exceeds what a car takes. */
export const simulateMonth = (sessions: readonly CaltechSession[], limits: SiteLimits, policy: MonthPolicy): MonthResult => {
  const left = sessions.map(({ kWh }) => kWh * AMPERES_PER_KWH)
  const wanted = left.reduce((sum, value) => sum + value, 0)
  const slots = Math.max(...sessions.map(({ departSlot }) => departSlot))
  let [peakUsage, decisions, milliseconds, next] = [0, 0, 0, 0]
  let there: number[] = []
  for (let slot = 0; slot < slots; slot++) {
    while (next < sessions.length && sessions[next]!.arriveSlot <= slot) there.push(next++)
    there = there.filter((number) => sessions[number]!.departSlot > slot && left[number]! > TOLERANCE)
    if (there.length === 0) continue
    const plugged = there.map((number) => ({ number, session: sessions[number]!, left: left[number]! }))
    const began = performance.now()
    const amperes = policy(slot, plugged, limits)
    milliseconds += performance.now() - began
    decisions++
    let loads = NO_LOAD
    for (const [index, car] of plugged.entries()) {
      const current = amperes[index]!
      if (!(current >= 0 && current <= mostAmperes(car) + TOLERANCE)) throw new Error(`${current} A in slot ${slot}`)
      left[car.number]! -= current
      loads = addLoad(loads, car.session, current)
    }
    peakUsage = Math.max(peakUsage, limits.usage(loads))
  }
  const lacking = left.reduce((sum, value) => sum + value, 0)
  return { deliveredPercent: 100 * (1 - lacking / wanted), peakUsage, decisions, milliseconds }
}
