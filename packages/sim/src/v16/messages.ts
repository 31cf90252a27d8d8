import { isoOf } from '@voltway/units'
import type {
  AuthorizeRequest,
  BootNotificationRequest,
  MeterValuesRequest,
  StartTransactionRequest,
  StatusNotificationRequest,
  StopTransactionRequest,
} from '@voltway/wire/ocpp/v16'
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import type {
  Authorisation,
  BootAnswer,
  Dialect,
  MeterContext,
  SimEvse,
  StationCore,
  StationTransaction,
  StopReason,
} from '../station/core.ts'
import { sampleMeter } from '../station/meter-sample.ts'
import { shownRegisters } from '../station/supply.ts'
import { ERROR_CODES_16, STATUS_16 } from './status.ts'

const CONTEXT = { periodic: 'Sample.Periodic', begin: 'Transaction.Begin', end: 'Transaction.End', trigger: 'Trigger' } as const
const REASON: Readonly<Record<StopReason, NonNullable<StopTransactionRequest['reason']>>> = {
  local: 'Local',
  remote: 'Remote',
  evDisconnected: 'EVDisconnected',
  deAuthorized: 'DeAuthorized',
  hardReset: 'HardReset',
  softReset: 'SoftReset',
  unlock: 'UnlockCommand',
  emergency: 'EmergencyStop',
  stoppedByEV: 'Other',
  fault: 'Other',
}
/** What a station sends when it never learnt the number: its StartTransaction was refused for good. */
const UNKNOWN_TRANSACTION = -1

/** The CALLs of a 1.6 station. */
export function messages16(core: StationCore): Omit<Dialect, 'answer'> {
  const nowIso = () => isoOf(core.clock.now())
  const meterValue = (evse: SimEvse, context: MeterContext): MeterValuesRequest['meterValue'][number] => ({
    timestamp: nowIso(),
    sampledValue: sampleMeter(core, evse).map(({ measurand, unit, value, phase }) => ({
      value: String(value),
      context: CONTEXT[context],
      measurand,
      unit,
      ...(phase && { phase }),
      ...(measurand === 'SoC' && { location: 'EV' as const }),
    })),
  })
  /** Facts about a transaction survive an outage. */
  const keep = (action: string, payload: () => JsonObject) => core.link.call({ action, payload, keep: true })

  const begun = new WeakSet<StationTransaction>()
  const sendMeter = (evse: SimEvse, context: MeterContext): void => {
    const { transaction, template } = evse
    const sampled = meterValue(evse, context)
    const request = (): MeterValuesRequest => ({
      connectorId: template.number,
      ...(transaction && { transactionId: transaction.number ?? UNKNOWN_TRANSACTION }),
      meterValue: [sampled],
    })
    void core.link.call({ action: 'MeterValues', keep: transaction !== undefined, payload: () => ({ ...request() }) })
  }

  return {
    boot: async () => bootAnswer(await core.link.call({ action: 'BootNotification', first: true, payload: () => bootRequest(core) })),
    heartbeat: () => void core.link.call({ action: 'Heartbeat', payload: () => ({}) }),
    status: (evse, again) => sendStatus(core, evse, again === 'again'),
    authorize: async (idToken) => {
      const request: AuthorizeRequest = { idTag: idToken }
      const outcome = await core.link.call({ action: 'Authorize', payload: () => ({ ...request }) })
      return outcome.ok
        ? authorisation(outcome.response)
        : outcome.reason === 'refused'
          ? { status: 'Invalid', groupIdToken: undefined }
          : undefined
    },
    started: async (evse, transaction) => {
      const request = startRequest(evse, transaction)
      const sent = core.link
        .call({
          action: 'StartTransaction',
          keep: true,
          payload: () => ({ ...request }),
          learn: (response) => {
            transaction.number = numberOf(response.transactionId)
          },
        })
        .then((outcome) => (outcome.ok ? authorisation(outcome.response) : undefined))
      return core.link.state() === 'connected' ? sent : undefined
    },
    // The meter is read where charging pauses and goes on, so that energy is never spread over a pause; the start has its own register.
    stateChanged: (evse, transaction) => {
      if (evse.state !== 'charging' || begun.has(transaction)) sendMeter(evse, 'periodic')
      begun.add(transaction)
    },
    meterValues: sendMeter,
    stopRequested: () => {},
    currentZero: (evse, transaction) => {
      const [timestamp, meterStop, sampled] = [nowIso(), shownRegisters(evse).importWh, meterValue(evse, 'end')]
      const request = (): StopTransactionRequest => ({
        transactionId: transaction.number ?? UNKNOWN_TRANSACTION,
        timestamp,
        meterStop,
        reason: REASON[transaction.stopReason ?? 'local'],
        ...(transaction.stopReason === 'local' && { idTag: transaction.idToken }),
        transactionData: [sampled],
      })
      void keep('StopTransaction', () => ({ ...request() }))
    },
    unlocked: () => {},
  }
}

const startRequest = (evse: SimEvse, transaction: StationTransaction): StartTransactionRequest => ({
  connectorId: evse.template.number,
  idTag: transaction.idToken,
  meterStart: transaction.meterStartWh,
  timestamp: isoOf(transaction.startedAt),
  ...(transaction.reservationNumber !== undefined && { reservationId: transaction.reservationNumber }),
})

const bootRequest = ({ template, identity }: StationCore): JsonObject => {
  const request: BootNotificationRequest = {
    chargePointVendor: template.vendor,
    chargePointModel: template.model,
    chargePointSerialNumber: identity.slice(0, 25),
    firmwareVersion: template.firmware,
  }
  return { ...request }
}
function bootAnswer(outcome: Awaited<ReturnType<StationCore['link']['call']>>): BootAnswer | undefined {
  if (!outcome.ok) return undefined
  const status = textOf(outcome.response.status)
  return {
    status: status === 'Accepted' || status === 'Rejected' ? status : 'Pending',
    intervalSeconds: numberOf(outcome.response.interval) ?? 0,
  }
}

function sendStatus(core: StationCore, evse: SimEvse | undefined, again: boolean): void {
  const said = evse ? STATUS_16[evse.state] : ({ status: 'Available' } as const)
  if (!said) return
  const key = `${said.status} ${'info' in said ? said.info : ''} ${evse?.faultCode ?? ''}`
  if (evse && evse.reportedStatus === key && !again) return
  if (evse) evse.reportedStatus = key
  const request: StatusNotificationRequest = {
    connectorId: evse?.template.number ?? 0,
    status: said.status,
    ...errorOf(evse?.faultCode),
    ...('info' in said && said.info !== undefined && { info: said.info }),
    timestamp: isoOf(core.clock.now()),
  }
  void core.link.call({ action: 'StatusNotification', payload: () => ({ ...request }), first: core.quirks.statusBeforeBoot ?? false })
}

function errorOf(faultCode: string | undefined): Pick<StatusNotificationRequest, 'errorCode' | 'vendorErrorCode'> {
  if (faultCode === undefined) return { errorCode: 'NoError' }
  const errorCode = ERROR_CODES_16.find((code) => code === faultCode)
  return errorCode ? { errorCode } : { errorCode: 'OtherError', vendorErrorCode: faultCode.slice(0, 50) }
}

function authorisation(response: JsonObject): Authorisation {
  const info = objectOf(response.idTagInfo)
  return { status: textOf(info.status) ?? 'Invalid', groupIdToken: textOf(info.parentIdTag) }
}
