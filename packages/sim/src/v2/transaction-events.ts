import { isoOf } from '@voltway/units'
import type { MeterValuesRequest, TransactionEventRequest } from '@voltway/wire/ocpp/v2'
import type { MeterContext, SimEvse, StationCore, StationTransaction } from '../station/core.ts'
import { sampleMeter } from '../station/meter-sample.ts'
import { CHARGING_STATE_2 } from './status.ts'

export type Trigger = TransactionEventRequest['triggerReason']
export type Stopped = NonNullable<TransactionEventRequest['transactionInfo']['stoppedReason']>
type IdToken = NonNullable<TransactionEventRequest['idToken']>

const CONTEXT = { periodic: 'Sample.Periodic', begin: 'Transaction.Begin', end: 'Transaction.End', trigger: 'Trigger' } as const
/** A token as typed or read: only hexadecimal of a card's length is taken for a card's number. */
export const tokenOf = (idToken: string, isContract = false): IdToken => ({
  idToken,
  type: isContract ? 'eMAID' : /^([0-9A-F]{8}|[0-9A-F]{14}|[0-9A-F]{20})$/i.test(idToken) ? 'ISO14443' : 'KeyCode',
})

interface EventParts {
  readonly type: TransactionEventRequest['eventType']
  readonly trigger: Trigger
  readonly context?: MeterContext
  readonly idToken?: string
  readonly stopped?: Stopped
}

/** Nothing to say while current falls that had fallen before: a car that waited full did not charge again to be stopped. */
const stateNow = ({ state, powerW }: SimEvse) => (state === 'rampingDown' && powerW === 0 ? undefined : CHARGING_STATE_2[state])

/** Numbered and dated steps of transactions, and the readings in them. */
export function transactionEvents2(core: StationCore) {
  const nowIso = () => isoOf(core.clock.now())
  const meterValue = (evse: SimEvse, context: MeterContext): MeterValuesRequest['meterValue'][number] => ({
    timestamp: nowIso(),
    sampledValue: sampleMeter(core, evse).map(({ measurand, unit, value, phase }) => ({
      value,
      context: CONTEXT[context],
      measurand,
      unitOfMeasure: { unit },
      ...(phase && { phase }),
      ...(measurand === 'SoC' && { location: 'EV' as const }),
    })),
  })
  /** One step of a transaction, numbered and dated now, sent when it can be. */
  const transactionEvent = (evse: SimEvse, transaction: StationTransaction, parts: EventParts) => {
    const chargingState = parts.type === 'Ended' ? (evse.vehicle ? 'EVConnected' : 'Idle') : stateNow(evse)
    const { remoteStartNumber, reservationNumber } = transaction
    const started = parts.type === 'Started'
    const request: TransactionEventRequest = {
      eventType: parts.type,
      timestamp: nowIso(),
      triggerReason: parts.trigger,
      seqNo: transaction.sequence++,
      ...(core.link.state() !== 'connected' && { offline: true }),
      transactionInfo: {
        transactionId: transaction.id,
        ...(chargingState && { chargingState }),
        ...(parts.stopped && { stoppedReason: parts.stopped }),
        ...(started && remoteStartNumber !== undefined && { remoteStartId: remoteStartNumber }),
      },
      evse: { id: evse.template.number, connectorId: 1 },
      ...(started && reservationNumber !== undefined && { reservationId: reservationNumber }),
      ...(parts.idToken !== undefined && { idToken: tokenOf(parts.idToken, transaction.isContract) }),
      ...(parts.context && { meterValue: [meterValue(evse, parts.context)] }),
    }
    return core.link.call({ action: 'TransactionEvent', keep: true, payload: () => ({ ...request }) })
  }
  return { meterValue, transactionEvent }
}
