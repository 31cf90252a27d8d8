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

/** What one profile says of an instant: a limit in its own unit, and on how many phases at most. */
interface Said extends Pick<ChargingProfile, 'unit'> {
  readonly limit: number
  readonly phases: 1 | 2 | 3
}

/** What all profiles together leave. */
export interface Allowed {
  /** Infinity where no profile speaks. */
  readonly limitW: number
  /** At most; 3 where no profile speaks, or none of phases. */
  readonly phases: 1 | 2 | 3
}

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
  return { limit: period.limit, unit: profile.unit, phases: period.phases ?? 3 }
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
 * What all profiles together allow at an instant. Over purposes the lowest limit holds (1.6 section 3.13); amperes are per phase, and flow on
 * as few phases as one of the profiles leaves.
 */
export const allowedAt = (profiles: readonly ChargingProfile[], at: EpochMs, context: LimitContext): Allowed => {
  const said = allSaid(profiles, at, context)
  const phases = said.reduce<1 | 2 | 3>((least, one) => (one.phases < least ? one.phases : least), 3)
  const perAmpere = context.voltageV * Math.min(phases, context.phases)
  const limits = said.map(({ limit, unit }) => (unit === 'W' ? limit : limit * perAmpere))
  return { phases, limitW: Math.min(Number.POSITIVE_INFINITY, ...limits) }
}
