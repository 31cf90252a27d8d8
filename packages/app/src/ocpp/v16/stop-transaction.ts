import type { StopReason } from '@voltway/domain/sessions'
import { wattHours } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { readMeterValues, type StopTransactionRequest, stopTransaction } from '@voltway/wire/ocpp/v16'
import { type DecidedFact, handles } from '../handler.ts'
import { meterFacts } from '../meter-facts.ts'
import { findTransaction } from './find-transaction.ts'
import { idTagInfo } from './id-tag-info.ts'

const REASON: Readonly<Record<NonNullable<StopTransactionRequest['reason']>, StopReason>> = {
  EmergencyStop: 'fault',
  EVDisconnected: 'unplugged',
  HardReset: 'reset',
  Local: 'driver',
  Other: 'other',
  PowerLoss: 'powerLoss',
  Reboot: 'reset',
  Remote: 'operator',
  SoftReset: 'reset',
  UnlockCommand: 'operator',
  DeAuthorized: 'unauthorised',
}

/**
 * OCPP 1.6, 4.10. Always answered: a station repeats a stop until it is. One that names no transaction of this station is kept as
 * a transaction of its own, unless the number is another station's open one.
 */
export const onStopTransaction = handles(stopTransaction, async (request, context) => {
  const { receivedAt } = context
  const { idTag, meterStop, reason, transactionData = [] } = request
  const occurredAt = stationTime(request.timestamp, receivedAt) ?? receivedAt
  const found = await findTransaction({ number: request.transactionId, idTag, at: occurredAt }, context)
  const info = idTag === undefined ? {} : { idTagInfo: idTagInfo(await context.authorise({ idToken: idTag, purpose: 'present' })) }
  if (found.foreign) return { facts: [], reply: info, alarms: found.alarms }
  const transactionId = found.transactionId ?? `${request.transactionId}@${occurredAt}`
  const evse = found.evse
  const ended: DecidedFact = {
    kind: 'transaction.ended',
    transactionId,
    naturalKey: 'stop',
    occurredAt,
    receivedAt,
    ...(evse !== undefined && { evse, connector: 1 }),
    seqNo: undefined,
    trigger: undefined,
    chargingState: undefined,
    stopReason: reason && REASON[reason], // 4.10: no reason means Local, unless something broke
    idToken: idTag,
    reservationNumber: undefined,
    remoteStartNumber: undefined,
    registerWh: wattHours(meterStop),
    offline: false,
  }
  const samples = meterFacts(readMeterValues(transactionData, receivedAt), {
    evse: evse ?? 0,
    connector: evse === undefined ? undefined : 1,
    transactionId,
    receivedAt,
  })
  return { facts: [ended, ...samples], reply: info, alarms: found.alarms }
})
