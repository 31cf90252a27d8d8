import type { EvseStatus } from '@voltway/domain/stations'
import { stationTime } from '@voltway/wire/ocpp'
import { type StatusNotificationRequest, statusNotification } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { statusFacts } from '../status-facts.ts'

const STATUS: Readonly<Record<StatusNotificationRequest['connectorStatus'], EvseStatus>> = {
  Available: 'available',
  Occupied: 'occupied',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}

/** OCPP 2.0.1, G01. What an occupied EVSE is doing is known from its transaction. */
export const onStatusNotification = handles(statusNotification, ({ evseId, connectorId, connectorStatus, timestamp }, context) => {
  if (connectorStatus !== 'Occupied') context.activity.delete(evseId)
  return {
    facts: statusFacts(
      {
        evse: evseId,
        connector: connectorId === 0 ? undefined : connectorId,
        occurredAt: stationTime(timestamp, context.receivedAt) ?? context.receivedAt,
        status: context.activity.get(evseId) ?? STATUS[connectorStatus],
        reported: connectorStatus,
        errorCode: undefined,
        info: undefined,
        vendorErrorCode: undefined,
      },
      context,
    ),
    reply: {},
  }
})
