import type { VehicleWord } from '@voltway/domain/sessions'
import { asideStep } from './aside-step.ts'
import type { CallContext, DecidedTransaction } from './handler.ts'

/**
 * What a car said of itself, as a step of the transaction that is open on its EVSE. It carries no time of its own, so it is dated by
 * when it was heard. Nothing where none is open: it belongs to nobody then.
 */
export async function vehicleFact(evse: number, vehicle: VehicleWord, context: CallContext): Promise<readonly DecidedTransaction[]> {
  const { receivedAt } = context
  const open = (await context.openTransactions()).find((transaction) => transaction.evse === evse)
  if (!open) return []
  const naturalKey = `vehicle:${vehicle.word}:${receivedAt}`
  const { transactionId } = open
  return [asideStep({ transactionId, naturalKey, occurredAt: receivedAt, receivedAt, evse, connector: undefined, vehicle })]
}
