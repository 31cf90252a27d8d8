import type { EvseStatus } from '@voltway/domain/stations'
import { stationTime } from '@voltway/wire/ocpp'
import { type StatusNotificationRequest, statusNotification } from '@voltway/wire/ocpp/v16'
import { handles } from '../handler.ts'
import { statusFacts } from '../status-facts.ts'

const STATUS: Readonly<Record<StatusNotificationRequest['status'], EvseStatus>> = {
  Available: 'available',
  Preparing: 'occupied',
  Charging: 'charging',
  SuspendedEV: 'suspended',
  SuspendedEVSE: 'suspended',
  Finishing: 'occupied',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}

/** OCPP 1.6, 4.9. Connector n is EVSE n, connector 1; connector 0 is the whole station. */
export const onStatusNotification = handles(statusNotification, (request, context) => ({
  facts: statusFacts(
    {
      evse: request.connectorId,
      connector: request.connectorId === 0 ? undefined : 1,
      occurredAt: stationTime(request.timestamp, context.receivedAt) ?? context.receivedAt,
      status: STATUS[request.status],
      reported: request.status,
      errorCode: request.errorCode,
      info: request.info,
      vendorErrorCode: request.vendorErrorCode,
    },
    context,
  ),
  reply: {},
}))
