import { wattHours } from '@voltway/units'
import { stationTime } from '@voltway/wire/ocpp'
import { type StartTransactionRequest, startTransaction } from '@voltway/wire/ocpp/v16'
import type { AuthorisationStatus } from '../authorisation.ts'
import { faultsBeforeStart } from '../fault-fact.ts'
import { type CallContext, handles } from '../handler.ts'
import { ownNumber } from '../own-number.ts'
import { idTagInfo } from './id-tag-info.ts'

/**
 * OCPP 1.6, 4.8. The transaction is a fact, refused token or not: the station decides by its own settings whether it goes on.
 * A start that is sent again, under whatever message id, has the same natural key and so the same number.
 */
export const onStartTransaction = handles(startTransaction, async (request, context) => {
  const { connectorId, idTag, meterStart, receivedAt } = { ...request, receivedAt: context.receivedAt }
  const reservationNumber = ownNumber(request.reservationId)
  const naturalKey = startKey(request, context)
  const { known, next } = await context.numberedStart(naturalKey)
  if (known) {
    const status = (known.authorisation ?? 'accepted') as AuthorisationStatus
    return { facts: [], reply: { transactionId: known.number, idTagInfo: idTagInfo({ status }) } }
  }
  const token = { idToken: idTag, purpose: 'start', evse: connectorId, reservationNumber } as const
  const authorisation = await context.authorise(token)
  const transactionId = String(next)
  const startedAt = stationTime(request.timestamp, receivedAt) ?? receivedAt
  const broken = await faultsBeforeStart({ transactionId, evse: connectorId, startedAt }, context)
  return {
    facts: [
      {
        kind: 'transaction.started',
        transactionId,
        naturalKey,
        number: next,
        occurredAt: startedAt,
        receivedAt,
        evse: connectorId,
        connector: 1,
        seqNo: undefined,
        trigger: undefined,
        chargingState: undefined,
        stopReason: undefined,
        idToken: idTag,
        authorisation: authorisation.status,
        reservationNumber: reservationNumber ?? authorisation.reservationNumber,
        remoteStartNumber: undefined,
        registerWh: wattHours(meterStart),
        offline: false,
      },
      ...broken,
    ],
    reply: { transactionId: next, idTagInfo: idTagInfo(authorisation) },
    restsOnFirstFact: true,
  }
})

/** Station clocks are kept as written: two starts in one second differ in their register or card. */
const startKey = ({ connectorId, idTag, timestamp, meterStart }: StartTransactionRequest, { tokenHash }: CallContext) =>
  `start:${connectorId}:${tokenHash(idTag)}:${timestamp}:${meterStart}`
