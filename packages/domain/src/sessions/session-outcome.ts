import type { StopReason } from './facts.ts'
import type { SessionFold } from './fold-session.ts'

/** The steps of a successful session, in order. */
export const FUNNEL_STEPS = ['plugged', 'authorised', 'energy', 'endedWell', 'paid'] as const
export type FunnelStep = (typeof FUNNEL_STEPS)[number]

export type LossCause =
  | 'noAuthorisation'
  | 'unauthorised'
  | 'unplugged'
  | 'fault'
  | 'powerLoss'
  | 'reset'
  | 'vehicleTookNothing'
  | 'stationGaveNothing'
  | 'other'
  | 'held'
  | 'notBilled'

export interface SessionOutcome {
  /** The last step that was reached. */
  readonly reached: FunnelStep
  /** The step that was missed, and why; undefined while the session may still reach it, and at the last. */
  readonly lost: { readonly step: FunnelStep; readonly cause: LossCause } | undefined
}

/** Endings that are nobody's failure, once energy has flowed; a 1.6 stop without a reason is the driver's. */
const GOOD_ENDS: ReadonlySet<StopReason | undefined> = new Set([
  undefined,
  'driver',
  'operator',
  'batteryFull',
  'reservationEnded',
  'unplugged',
  'energyLimit',
  'timeLimit',
])

const endCauseOf = (reason: StopReason | undefined): LossCause | undefined => {
  if (reason === 'unauthorised' || reason === 'fault' || reason === 'powerLoss' || reason === 'reset' || reason === 'unplugged')
    return reason
  return undefined
}

const noEnergyCause = ({ stopReason, charged }: SessionFold): LossCause =>
  endCauseOf(stopReason) ?? (charged ? 'stationGaveNothing' : 'vehicleTookNothing')

/** How far a session came from plug to payment, and what it was lost to. */
export const sessionOutcome = (
  fold: SessionFold,
  known: { /** A token or a remote start was accepted for it. */ readonly authorised: boolean; readonly paid: boolean },
): SessionOutcome => {
  const lost = (reached: FunnelStep, step: FunnelStep, cause: LossCause): SessionOutcome => ({
    reached,
    lost: fold.endedAt === undefined ? undefined : { step, cause },
  })
  const energy = fold.importWh > 0 || fold.exportWh > 0
  if (!known.authorised && !energy)
    return lost('plugged', 'authorised', fold.stopReason === 'unauthorised' ? 'unauthorised' : 'noAuthorisation')
  if (!energy) return lost('authorised', 'energy', noEnergyCause(fold))
  if (fold.endedAt === undefined) return { reached: 'energy', lost: undefined }
  if (!GOOD_ENDS.has(fold.stopReason)) return lost('energy', 'endedWell', endCauseOf(fold.stopReason) ?? 'other')
  if (known.paid) return { reached: 'paid', lost: undefined }
  return lost('endedWell', 'paid', fold.suspect.length > 0 ? 'held' : 'notBilled')
}
