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

/**
 * What broke at a connector, as a step of the transaction that last began there; at the whole station, of each that runs. Whether it
 * ended one is for the fold to say: the stop may come before the status, or long after.
 */
export async function faultFacts({ code, evse, ...said }: SaidOfFault, context: CallContext): Promise<readonly DecidedTransaction[]> {
  const occurredAt = epochMs(Math.min(said.occurredAt, context.receivedAt))
  const latest = evse > 0 ? await context.latestTransaction(evse, occurredAt) : undefined
  const open = evse > 0 ? [] : (await context.openTransactions()).filter(({ startedAt }) => startedAt <= occurredAt)
  const broken = evse > 0 ? (latest === undefined ? [] : [{ transactionId: latest, evse }]) : open
  return broken.map(({ transactionId, evse: place }) =>
    asideStep({
      transactionId,
      naturalKey: `fault:${code}:${said.occurredAt}`,
      occurredAt,
      receivedAt: context.receivedAt,
      ...(place !== null && { evse: place }),
      connector: undefined,
      fault: code,
    }),
  )
}
