import type { PlugWord } from '@voltway/domain/sessions'
import { type EpochMs, epochMs } from '@voltway/units'
import { asideStep } from './aside-step.ts'
import type { CallContext, DecidedTransaction } from './handler.ts'

export interface SaidOfPlug {
  readonly word: PlugWord
  readonly evse: number
  readonly connector: number | undefined
  readonly occurredAt: EpochMs
  /** As the station named it, where it did. */
  readonly transactionId?: string | undefined
}

/**
 * What a station said of the lock that holds a plug, as a step of the transaction that the plug is in for: the one it names, else the
 * last that began on that EVSE. Nothing where there is none of this station's own.
 */
export async function plugFact(said: SaidOfPlug, context: CallContext): Promise<readonly DecidedTransaction[]> {
  const { word, evse, connector } = said
  // Never later than we heard of it: a clock ahead would make every later word the older one.
  const occurredAt = epochMs(Math.min(said.occurredAt, context.receivedAt))
  const named = said.transactionId !== undefined && (await context.transaction(said.transactionId)).own ? said.transactionId : undefined
  const transactionId = named ?? (await context.latestTransaction(evse, occurredAt))
  if (transactionId === undefined) return []
  const naturalKey = `plug:${word}:${said.occurredAt}`
  return [asideStep({ transactionId, naturalKey, occurredAt, receivedAt: context.receivedAt, evse, connector, plug: word })]
}
