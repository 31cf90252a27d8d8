import type { EpochMs } from '@voltway/units'
import type { CallContext, RaisedByStation } from '../handler.ts'

export interface FoundTransaction {
  /** Undefined when the number is another station's, or nobody's. */
  readonly transactionId: string | undefined
  readonly evse: number | undefined
  /** The number means an open transaction of another station of this tenant. */
  readonly foreign: boolean
  readonly alarms: readonly RaisedByStation[]
}

export interface NamedTransaction {
  /** As sent; 0, -1 and what JSON cannot hold exactly say only that the station does not know the number. */
  readonly number: number | undefined
  readonly evse?: number | undefined
  readonly idTag?: string | undefined
  readonly at: EpochMs
}

/** Which of this station's own transactions a message means. Never one of another station, whatever number was sent. */
export async function findTransaction({ number, evse, idTag, at }: NamedTransaction, context: CallContext): Promise<FoundTransaction> {
  if (number !== undefined && number > 0 && Number.isSafeInteger(number)) {
    const transactionId = String(number)
    const { own, foreign, evse: place } = await context.transaction(transactionId)
    if (own) return { transactionId, evse: place ?? undefined, foreign: false, alarms: [] }
    const kind = foreign ? 'ForeignTransaction' : 'UnknownTransaction'
    return { transactionId: undefined, evse: undefined, foreign, alarms: [{ kind, detail: { transactionId } }] }
  }
  const open = await context.openTransactions()
  const hash = idTag === undefined ? undefined : context.tokenHash(idTag)
  const match = open.find(
    (one) =>
      one.startedAt <= at &&
      (evse === undefined || evse === 0 || one.evse === evse) &&
      (hash === undefined || one.idTokenHash === null || Buffer.from(one.idTokenHash).toString('hex') === hash),
  )
  return { transactionId: match?.transactionId, evse: match?.evse ?? undefined, foreign: false, alarms: [] }
}
