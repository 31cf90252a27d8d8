import { FAULT_REACH } from '@voltway/domain/sessions'
import { type EpochMs, epochMs } from '@voltway/units'
import { asideStep } from './aside-step.ts'
import type { CallContext, DecidedTransaction } from './handler.ts'

export interface SaidOfFault {
  /** The station's own word. */
  readonly code: string
  /** 0 means the whole station. */
  readonly evse: number
  readonly occurredAt: EpochMs
}

const stepOf = (
  { code, occurredAt, saidAt = occurredAt }: { readonly code: string; readonly occurredAt: EpochMs; readonly saidAt?: EpochMs },
  { transactionId, evse }: { readonly transactionId: string; readonly evse: number | null },
  { receivedAt }: CallContext,
): DecidedTransaction =>
  asideStep({
    transactionId,
    naturalKey: `fault:${code}:${saidAt}`,
    occurredAt,
    receivedAt,
    ...(evse !== null && { evse }),
    connector: undefined,
    fault: code,
  })

/**
 * What broke at a connector, as a step of the transaction that last began there; at the whole station, of each that runs or has just
 * ended. Whether it ended one is for the fold to say: the stop may come before the status, or long after.
 */
export async function faultFacts({ code, evse, ...said }: SaidOfFault, context: CallContext): Promise<readonly DecidedTransaction[]> {
  const occurredAt = epochMs(Math.min(said.occurredAt, context.receivedAt))
  const latest = evse > 0 ? await context.latestTransaction(evse, occurredAt) : undefined
  const during = evse > 0 ? [] : await context.transactionsDuring({ from: epochMs(occurredAt - FAULT_REACH), to: occurredAt })
  const broken = evse > 0 ? (latest === undefined ? [] : [{ transactionId: latest, evse }]) : during
  return broken.map((transaction) => stepOf({ code, occurredAt, saidAt: said.occurredAt }, transaction, context))
}

/** What was heard to be broken before the start of the transaction that it belongs to: a start may have waited for the link, or for nothing. */
export async function faultsBeforeStart(
  { transactionId, evse, startedAt }: { readonly transactionId: string; readonly evse: number; readonly startedAt: EpochMs },
  context: CallContext,
): Promise<readonly DecidedTransaction[]> {
  const span = { evse, startedAt, since: epochMs(startedAt - FAULT_REACH), until: context.receivedAt }
  const faults = await context.faultsAround(span)
  return faults.map(({ code, occurredAt }) => stepOf({ code: code ?? 'OtherError', occurredAt }, { transactionId, evse }, context))
}
