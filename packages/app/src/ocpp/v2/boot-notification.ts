import { isoOf } from '@voltway/units'
import { bootNotification } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'

const STATUS = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const

/** OCPP 2.0.1, B01 to B03. */
export const onBootNotification = handles(
  bootNotification,
  ({ chargingStation, reason }, { receivedAt, registration, heartbeatSeconds }) => ({
    facts: [
      {
        kind: 'station.booted',
        occurredAt: receivedAt,
        receivedAt,
        vendor: chargingStation.vendorName,
        model: chargingStation.model,
        serial: chargingStation.serialNumber,
        firmware: chargingStation.firmwareVersion,
        reason,
      },
    ],
    reply: { status: STATUS[registration], currentTime: isoOf(receivedAt), interval: heartbeatSeconds },
  }),
)
