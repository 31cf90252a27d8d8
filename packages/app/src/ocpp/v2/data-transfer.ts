import { dataTransfer } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

/** OCPP 2.0.1, P02: kept for whoever knows the vendor; nothing here does. */
export const onDataTransfer = handles(dataTransfer, ({ vendorId, messageId, data }, { receivedAt }) => ({
  facts: [{ kind: 'data.transferred', occurredAt: receivedAt, receivedAt, vendorId, messageId, data: textOf(data) }],
  reply: { status: 'UnknownVendorId' as const },
}))

const textOf = (data: unknown) => (data === undefined || typeof data === 'string' ? data : JSON.stringify(data))
