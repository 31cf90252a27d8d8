import type { ChargingState } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import type { EpochMs } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { type StatusNotificationRequest, statusNotification } from '@voltway/wire/ocpp/v16'
import { faultFacts } from '../fault-fact.ts'
import { type CallContext, type DecidedFact, handles } from '../handler.ts'
import { plugFact } from '../plug-fact.ts'
import { statusFacts } from '../status-facts.ts'
import { findTransaction } from './find-transaction.ts'

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

/** What a status says of the transaction on its connector: 1.6 has no other word for a car that is full. */
const CHARGING_STATE: Readonly<Partial<Record<StatusNotificationRequest['status'], ChargingState>>> = {
  Charging: 'charging',
  SuspendedEV: 'suspendedByVehicle',
  SuspendedEVSE: 'suspendedByStation',
}

/** The same word as a step of the transaction that runs on the connector at that moment, if one does. */
const transactionFacts = async (
  { connectorId: evse, status, timestamp }: StatusNotificationRequest,
  occurredAt: EpochMs,
  context: CallContext,
): Promise<readonly DecidedFact[]> => {
  const chargingState = CHARGING_STATE[status]
  if (!chargingState || evse === 0) return []
  const { transactionId } = await findTransaction({ number: undefined, evse, at: occurredAt }, context)
  if (transactionId === undefined) return []
  const nothing = {
    seqNo: undefined,
    stopReason: undefined,
    idToken: undefined,
    reservationNumber: undefined,
    remoteStartNumber: undefined,
  }
  return [
    {
      ...nothing,
      kind: 'transaction.updated',
      transactionId,
      naturalKey: `status:${status}:${timestamp ?? occurredAt}`,
      occurredAt,
      receivedAt: context.receivedAt,
      evse,
      connector: 1,
      trigger: 'StatusNotification',
      chargingState,
      registerWh: undefined,
      offline: false,
    },
  ]
}

/** 1.6 has no message for the lock; some stations say it in `info`, in their own words. */
const plugFacts = ({ connectorId: evse, info = '' }: StatusNotificationRequest, occurredAt: EpochMs, context: CallContext) => {
  const said = /\b(un)?locked\b/i.exec(info)
  if (!said || evse === 0) return []
  return plugFact({ word: said[1] ? 'unlocked' : 'locked', evse, connector: 1, occurredAt }, context)
}

/** A stop has no word for what broke (7.37): the status has. A fault without a code is one of another kind. */
const brokenFacts = (
  { connectorId: evse, status, errorCode }: StatusNotificationRequest,
  occurredAt: EpochMs,
  context: CallContext,
): Promise<readonly DecidedFact[]> | readonly DecidedFact[] =>
  status === 'Faulted' ? faultFacts({ code: errorCode === 'NoError' ? 'OtherError' : errorCode, evse, occurredAt }, context) : []

/** OCPP 1.6, 4.9. Connector n is EVSE n, connector 1; connector 0 is the whole station. */
export const onStatusNotification = handles(statusNotification, async (request, context) => {
  const occurredAt = stationTime(request.timestamp, context.receivedAt) ?? context.receivedAt
  const status = statusFacts(
    {
      evse: request.connectorId,
      connector: request.connectorId === 0 ? undefined : 1,
      occurredAt,
      status: STATUS[request.status],
      reported: request.status,
      errorCode: request.errorCode,
      info: request.info,
      vendorErrorCode: request.vendorErrorCode,
    },
    context,
  )
  const steps = await transactionFacts(request, occurredAt, context)
  const aside = [...(await plugFacts(request, occurredAt, context)), ...(await brokenFacts(request, occurredAt, context))]
  return { facts: [...status, ...steps, ...aside], reply: {} }
})
