import { cdrOfSession, type Tx } from '@voltway/store'
import type { DriverId } from '@voltway/units'
import type { Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import { findSession } from '../sessions/find-session.ts'
import type { ReceiptView } from './receipt-schema.ts'
import { receiptView } from './receipt-view.ts'

/** The receipt of a session. @throws Problem NOT_FOUND, or RECEIPT_NOT_ISSUED while it is not billed */
export const findReceipt = async (
  tx: Tx,
  caller: Pick<Caller, 'tenantId'>,
  of: { readonly id: string; readonly driverId?: DriverId },
): Promise<ReceiptView> => {
  const session = await findSession(tx, caller, of)
  const cdr = await cdrOfSession(tx, caller.tenantId, session.id)
  if (!cdr)
    throw new Problem('RECEIPT_NOT_ISSUED', session.endedAt === null ? 'The session goes on.' : 'The session has not been billed yet.')
  return receiptView(cdr, session.driverName)
}
