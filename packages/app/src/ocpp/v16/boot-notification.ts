import { isoOf } from '@voltway/units'
import { bootNotification } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'

const STATUS = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const

/** OCPP 1.6, 4.2: the paper's Connect. */
export const onBootNotification = handles(bootNotification, (request, { receivedAt, registration, heartbeatSeconds }) => ({
  facts: [
    {
      kind: 'station.booted',
      occurredAt: receivedAt,
      receivedAt,
      vendor: request.chargePointVendor,
      model: request.chargePointModel,
      serial: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber,
      firmware: request.firmwareVersion,
      reason: undefined,
    },
  ],
  reply: { status: STATUS[registration], currentTime: isoOf(receivedAt), interval: heartbeatSeconds },
}))
