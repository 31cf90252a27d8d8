import { MINUTE } from '@voltway/units'
import type { TransactionReported } from './facts.ts'

/** How far from an end a fault may be its reason. */
export const FAULT_REACH = MINUTE

/** Ends that say nothing of why, so that a fault beside them is the reason; undefined is a 1.6 stop without one. */
const VAGUE: ReadonlySet<TransactionReported['stopReason']> = new Set([undefined, 'other', 'fault'])

/**
 * What a session ended of where its end does not say so: the station's last fault within the minute before (it may have broken just
 * before the start), or, where a reason is given that says nothing, the first in the minute after. The station's word, `GroundFailure`;
 * undefined where there is none.
 */
export const sessionFault = (faults: readonly TransactionReported[], end: TransactionReported | undefined): string | undefined => {
  if (!end || !VAGUE.has(end.stopReason)) return undefined
  const since = end.occurredAt - FAULT_REACH
  const before = faults.findLast(({ occurredAt }) => occurredAt >= since && occurredAt <= end.occurredAt)
  // A stop without a reason counts as the driver's (OCPP 1.6, 4.10): what broke afterwards did not cause it.
  const after =
    end.stopReason !== undefined &&
    faults.find(({ occurredAt }) => occurredAt > end.occurredAt && occurredAt <= end.occurredAt + FAULT_REACH)
  return (before ?? (after || undefined))?.fault
}
