import type { EpochMs } from '@voltway/units'
import type { ChargingProfile, ProfilePurpose } from './charging-profile.ts'

/** What a limit applies to. */
export interface LimitContext {
  readonly evse: number
  /** The transaction on this EVSE, for relative schedules and transaction profiles. */
  readonly transaction: { readonly id: string | undefined; readonly startedAt: EpochMs } | undefined
  readonly phases: 1 | 3
  /** Phase to neutral on AC, nominal on DC: turns amperes into watts. */
  readonly voltageV: number
}

const DAY_S = 86_400
const CYCLE_S = { daily: DAY_S, weekly: 7 * DAY_S } as const

/** The limit that one profile sets at an instant, in W; undefined when it says nothing then. */
export function profileLimit(profile: ChargingProfile, at: EpochMs, context: LimitContext): number | undefined {
  if ((profile.validFrom ?? at) > at || (profile.validTo ?? at + 1) <= at) return undefined
  const start = startOf(profile, context)
  if (start === undefined || start > at) return undefined
  const elapsed = (at - start) / 1000
  const cycle = profile.kind === 'daily' || profile.kind === 'weekly' ? CYCLE_S[profile.kind] : undefined
  const seconds = cycle === undefined ? elapsed : elapsed % cycle
  if (profile.durationSeconds !== undefined && seconds >= profile.durationSeconds) return undefined
  const period = profile.periods.findLast(({ startSeconds }) => startSeconds <= seconds)
  if (!period) return undefined
  return profile.unit === 'W' ? period.limit : period.limit * context.voltageV * Math.min(period.phases ?? 3, context.phases)
}

/** A relative schedule counts from the transaction's start, a recurring one from its first day. */
export const startOf = (profile: ChargingProfile, { transaction }: LimitContext): EpochMs | undefined =>
  profile.kind === 'relative' ? transaction?.startedAt : (profile.startAt ?? transaction?.startedAt ?? profile.setAt)

/**
 * The limit of all profiles together at an instant, in W; Infinity when none speaks. Within a purpose the highest stack level
 * that is valid wins; a transaction's own profile replaces the default; over purposes the lowest limit holds (1.6 section 3.13).
 */
export function limitAt(profiles: readonly ChargingProfile[], at: EpochMs, context: LimitContext): number {
  const { evse, transaction } = context
  const strongest = (purpose: ProfilePurpose, evses: readonly number[]): number | undefined => {
    let best: { readonly level: number; readonly evse: number; readonly limit: number } | undefined
    for (const profile of profiles) {
      if (profile.purpose !== purpose || !evses.includes(profile.evse)) continue
      if (profile.transactionId !== undefined && profile.transactionId !== transaction?.id) continue
      const limit = profileLimit(profile, at, context)
      if (limit === undefined) continue
      const stronger = !best || profile.stackLevel > best.level || (profile.stackLevel === best.level && profile.evse > best.evse)
      if (stronger) best = { level: profile.stackLevel, evse: profile.evse, limit }
    }
    return best?.limit
  }
  const ofTransaction = evse === 0 || !transaction ? undefined : (strongest('tx', [evse]) ?? strongest('txDefault', [evse, 0]))
  const limits = [strongest('stationMax', [0]), strongest('external', [evse, 0]), ofTransaction]
  return Math.min(...limits.map((limit) => limit ?? Number.POSITIVE_INFINITY))
}
