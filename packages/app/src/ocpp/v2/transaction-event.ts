import type { ChargingState, StatusReported, StopReason } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import type { EpochMs } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { readMeterValues, type TransactionEventRequest, transactionEvent } from '@voltway/wire/ocpp/v2'
import type { Authorisation } from '../authorisation.ts'
import { type CallContext, type DecidedFact, type DecidedTransaction, handles } from '../handler.ts'
import { meterFacts } from '../meter-facts.ts'
import { ownNumber } from '../own-number.ts'
import { statusFacts } from '../status-facts.ts'
import { idTokenInfo } from './id-token-info.ts'
import { tokenText } from './token-text.ts'

type TransactionInfo = TransactionEventRequest['transactionInfo']

const KIND = { Started: 'transaction.started', Updated: 'transaction.updated', Ended: 'transaction.ended' } as const
const CHARGING_STATE: Readonly<Record<NonNullable<TransactionInfo['chargingState']>, ChargingState>> = {
  Charging: 'charging',
  EVConnected: 'connected',
  SuspendedEV: 'suspendedByVehicle',
  SuspendedEVSE: 'suspendedByStation',
  Idle: 'idle',
}
const EVSE_STATUS: Readonly<Record<ChargingState, EvseStatus>> = {
  charging: 'charging',
  connected: 'occupied',
  suspendedByVehicle: 'suspended',
  suspendedByStation: 'suspended',
  idle: 'occupied',
}
const STOP_REASON: Readonly<Record<NonNullable<TransactionInfo['stoppedReason']>, StopReason>> = {
  DeAuthorized: 'unauthorised',
  EmergencyStop: 'fault',
  EnergyLimitReached: 'energyLimit',
  EVDisconnected: 'unplugged',
  GroundFault: 'fault',
  ImmediateReset: 'reset',
  Local: 'driver',
  LocalOutOfCredit: 'operator',
  MasterPass: 'operator',
  Other: 'other',
  OvercurrentFault: 'fault',
  PowerLoss: 'powerLoss',
  PowerQuality: 'fault',
  Reboot: 'reset',
  Remote: 'operator',
  SOCLimitReached: 'batteryFull',
  StoppedByEV: 'batteryFull',
  TimeLimitReached: 'timeLimit',
  Timeout: 'timeLimit',
}

/** OCPP 2.0.1, E01 to E15. Steps may come in any order, twice, or not at all: each is a fact of its own. */
export const onTransactionEvent = handles(transactionEvent, async (request, context) => {
  const { receivedAt } = context
  const { transactionId } = request.transactionInfo
  const known = request.eventType === 'Started' ? undefined : await context.transaction(transactionId)
  // Never applied to a transaction of another station, nor taken for one of this.
  if (known && !known.own && known.foreign)
    return { facts: [], reply: {}, alarms: [{ kind: 'ForeignTransaction', detail: { transactionId } }] }

  const evse = request.evse?.id ?? known?.evse ?? undefined
  const connector = request.evse?.connectorId
  const occurredAt = stationTime(request.timestamp, receivedAt) ?? receivedAt
  const authorisation = await authorised(request, evse, context)
  const step = stepOf(request, { evse, connector, occurredAt, receivedAt, authorisation })
  const samples = meterFacts(readMeterValues(request.meterValue ?? [], receivedAt), {
    evse: evse ?? 0,
    connector,
    transactionId,
    receivedAt,
  })
  return {
    facts: [step, ...samples, ...activityOf(step, request, context)],
    reply: authorisation ? { idTokenInfo: idTokenInfo(authorisation) } : {},
  }
})

/** A token that starts a transaction is held against reservations; one that ends it only has to be known. */
async function authorised(
  { eventType, triggerReason, idToken, reservationId, transactionInfo }: TransactionEventRequest,
  evse: number | undefined,
  { authorise }: CallContext,
) {
  if (!idToken) return undefined
  const starts = eventType === 'Started' || (eventType === 'Updated' && triggerReason === 'Authorized')
  const { transactionId } = transactionInfo
  return authorise({
    idToken: tokenText(idToken),
    purpose: starts ? 'start' : 'present',
    evse,
    reservationNumber: ownNumber(reservationId),
    transactionId,
  })
}

interface StepParts {
  readonly evse: number | undefined
  readonly connector: number | undefined
  readonly occurredAt: EpochMs
  readonly receivedAt: EpochMs
  readonly authorisation: Authorisation | undefined
}
function stepOf(
  request: TransactionEventRequest,
  { evse, connector, occurredAt, receivedAt, authorisation }: StepParts,
): DecidedTransaction {
  const { eventType, seqNo, triggerReason, transactionInfo, idToken, offline = false } = request
  const { transactionId, chargingState, stoppedReason, remoteStartId } = transactionInfo
  return {
    kind: KIND[eventType],
    transactionId,
    naturalKey: `seq:${seqNo}`,
    occurredAt,
    receivedAt,
    ...(evse !== undefined && { evse, connector }),
    seqNo,
    trigger: triggerReason,
    chargingState: chargingState && CHARGING_STATE[chargingState],
    stopReason: stoppedReason ? STOP_REASON[stoppedReason] : eventType === 'Ended' ? 'driver' : undefined, // E06: no reason means Local
    idToken: idToken && tokenText(idToken),
    ...(authorisation && { authorisation: authorisation.status }),
    reservationNumber: ownNumber(request.reservationId) ?? authorisation?.reservationNumber,
    remoteStartNumber: ownNumber(remoteStartId),
    registerWh: undefined,
    offline,
  }
}

/**
 * 2.x reports an EVSE in use only as occupied: what its transaction is doing is its status. It is said again with every meter
 * value, and kept when it is another than before.
 */
function activityOf(
  step: DecidedTransaction,
  request: TransactionEventRequest,
  context: CallContext,
): readonly (DecidedFact & StatusReported)[] {
  const { evse, connector, chargingState, occurredAt } = step
  if (evse === undefined || !chargingState) return []
  const doing = EVSE_STATUS[chargingState]
  const ends = step.kind === 'transaction.ended' || doing === 'occupied'
  const status = ends ? 'occupied' : doing
  if (ends) context.activity.delete(evse)
  else context.activity.set(evse, status)
  const reported = request.transactionInfo.chargingState ?? ''
  const last = context.lastStatus(evse)
  const isSaidAgain = last?.status === status && last.reported === reported && last.connector === connector
  if (isSaidAgain && last.occurredAt <= occurredAt) return []
  const words = { errorCode: undefined, info: undefined, vendorErrorCode: undefined }
  return statusFacts({ evse, connector, occurredAt, status, reported, ...words }, context)
}
