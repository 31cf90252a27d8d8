import {
  type DriverId,
  type EpochMs,
  fail,
  type Id,
  ok,
  type Percent,
  type Result,
  type SessionId,
  type WattHours,
  type Watts,
} from '@voltway/units'
import type { StopReason } from '../sessions/facts.ts'
import type { SessionFold } from '../sessions/fold-session.ts'
import { implausible } from '../sessions/plausibility.ts'
import type { SuspectReason } from '../sessions/suspect-reason.ts'
import { usageOf } from '../sessions/usage-of.ts'
import type { CostBreakdown } from '../tariffs/cost.ts'
import { costOf } from '../tariffs/cost-of.ts'
import type { Tariff } from '../tariffs/tariff.ts'

export type CdrId = Id<'Cdr'>

/** What billing knows of a session beside its facts. */
export interface BillableSession {
  readonly cdrId: CdrId
  readonly sessionId: SessionId
  readonly driverId: DriverId | undefined
  readonly issuedAt: EpochMs
  /** What the EVSE can give at most: the bound of plausible energy. */
  readonly maxPower: Watts
  /** A person looked at a held session and decided that it be billed as read. */
  readonly reviewed: boolean
}

/** A charge detail record: a session as it was billed, never changed afterwards. */
export interface Cdr {
  readonly id: CdrId
  readonly sessionId: SessionId
  readonly driverId: DriverId | undefined
  readonly issuedAt: EpochMs
  readonly startedAt: EpochMs
  readonly chargingEndedAt: EpochMs
  readonly endedAt: EpochMs
  readonly importWh: WattHours
  readonly exportWh: WattHours
  readonly socStart: Percent | undefined
  readonly socEnd: Percent | undefined
  readonly stopReason: StopReason | undefined
  /** What it was priced with, whole. */
  readonly tariff: Tariff
  readonly cost: CostBreakdown
  /** Doubts that a person overruled. */
  readonly overruled: readonly SuspectReason[]
}

export interface HeldForReview {
  readonly code: 'HELD_FOR_REVIEW'
  readonly reasons: readonly SuspectReason[]
}

/** Bills an ended session with the tariff that was frozen for it, or says why a person must look at it first. */
export const cdrOf = (session: BillableSession, fold: SessionFold, tariff: Tariff): Result<Cdr, HeldForReview> => {
  const { endedAt } = fold
  if (endedAt === undefined) return fail({ code: 'HELD_FOR_REVIEW', reasons: ['notEnded'] })
  const doubts = [...new Set([...fold.suspect, ...implausible(fold.points, session.maxPower)])].sort()
  if (doubts.length > 0 && !session.reviewed) return fail({ code: 'HELD_FOR_REVIEW', reasons: doubts })
  const usage = usageOf(fold, endedAt)
  const cost = costOf(tariff, usage)
  return ok({
    id: session.cdrId,
    sessionId: session.sessionId,
    driverId: session.driverId,
    issuedAt: session.issuedAt,
    startedAt: fold.startedAt,
    chargingEndedAt: usage.chargingEndedAt ?? endedAt,
    endedAt,
    importWh: cost.importWh,
    exportWh: cost.exportWh,
    socStart: fold.socStart,
    socEnd: fold.socPercent,
    stopReason: fold.stopReason,
    tariff,
    cost,
    overruled: doubts,
  })
}
