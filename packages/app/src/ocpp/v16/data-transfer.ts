import { dataTransfer } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'

/** OCPP 1.6, 4.3: kept for whoever knows the vendor; nothing here does. */
export const onDataTransfer = handles(dataTransfer, ({ vendorId, messageId, data }, { receivedAt }) => ({
  facts: [{ kind: 'data.transferred', occurredAt: receivedAt, receivedAt, vendorId, messageId, data }],
  reply: { status: 'UnknownVendorId' as const },
}))
