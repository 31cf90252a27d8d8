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

/** What one profile says of an instant: a limit in W, and on how many phases at most. */
interface Said {
  readonly limit: number
  readonly phases: 1 | 2 | 3
}

/** The limit that one profile sets at an instant, in W; undefined when it says nothing then. */
export const profileLimit = (profile: ChargingProfile, at: EpochMs, context: LimitContext): number | undefined =>
  saidBy(profile, at, context)?.limit

function saidBy(profile: ChargingProfile, at: EpochMs, context: LimitContext): Said | undefined {
  if ((profile.validFrom ?? at) > at || (profile.validTo ?? at + 1) <= at) return undefined
  const start = startOf(profile, context)
  if (start === undefined || start > at) return undefined
  const elapsed = (at - start) / 1000
  const cycle = profile.kind === 'daily' || profile.kind === 'weekly' ? CYCLE_S[profile.kind] : undefined
  const seconds = cycle === undefined ? elapsed : elapsed % cycle
  if (profile.durationSeconds !== undefined && seconds >= profile.durationSeconds) return undefined
  const period = profile.periods.findLast(({ startSeconds }) => startSeconds <= seconds)
  if (!period) return undefined
  const phases = period.phases ?? 3
  return { phases, limit: profile.unit === 'W' ? period.limit : period.limit * context.voltageV * Math.min(phases, context.phases) }
}

/** A relative schedule counts from the transaction's start, a recurring one from its first day. */
export const startOf = (profile: ChargingProfile, { transaction }: LimitContext): EpochMs | undefined =>
  profile.kind === 'relative' ? transaction?.startedAt : (profile.startAt ?? transaction?.startedAt ?? profile.setAt)

/** What each purpose says: within one, the highest stack level that is valid wins; a transaction's own profile replaces the default. */
function allSaid(profiles: readonly ChargingProfile[], at: EpochMs, context: LimitContext): readonly Said[] {
  const { evse, transaction } = context
  const strongest = (purpose: ProfilePurpose, evses: readonly number[]): Said | undefined => {
    let best: { readonly level: number; readonly evse: number; readonly said: Said } | undefined
    for (const profile of profiles) {
      if (profile.purpose !== purpose || !evses.includes(profile.evse)) continue
      if (profile.transactionId !== undefined && profile.transactionId !== transaction?.id) continue
      const said = saidBy(profile, at, context)
      if (said === undefined) continue
      const stronger = !best || profile.stackLevel > best.level || (profile.stackLevel === best.level && profile.evse > best.evse)
      if (stronger) best = { level: profile.stackLevel, evse: profile.evse, said }
    }
    return best?.said
  }
  const ofTransaction = evse === 0 || !transaction ? undefined : (strongest('tx', [evse]) ?? strongest('txDefault', [evse, 0]))
  return [strongest('stationMax', [0]), strongest('external', [evse, 0]), ofTransaction].filter((said) => said !== undefined)
}

/**
 * The limit of all profiles together at an instant, in W; Infinity when none speaks. Over purposes the lowest limit holds (1.6 section
 * 3.13).
 */
export const limitAt = (profiles: readonly ChargingProfile[], at: EpochMs, context: LimitContext): number =>
  Math.min(Number.POSITIVE_INFINITY, ...allSaid(profiles, at, context).map(({ limit }) => limit))

/** On how many phases a car may charge at an instant by all profiles together; 3 when none speaks, or none of phases. */
export const phasesAt = (profiles: readonly ChargingProfile[], at: EpochMs, context: LimitContext): 1 | 2 | 3 =>
  allSaid(profiles, at, context).reduce<1 | 2 | 3>((least, { phases }) => (phases < least ? phases : least), 3)
