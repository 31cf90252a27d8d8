import { isoOf } from '@voltway/units'
import type { AuthorizeRequest, BootNotificationRequest, MeterValuesRequest, StatusNotificationRequest } from '@voltway/wire/ocpp/v2'
import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts'
import type {
  Authorisation,
  BootAnswer,
  BootReason,
  Dialect,
  SimEvse,
  StationCore,
  StationTransaction,
  StopReason,
} from '../station/core.ts'
import { plugLock2 } from './plug-lock.ts'
import { STATUS_2 } from './status.ts'
import { type Stopped, type Trigger, tokenOf, transactionEvents2 } from './transaction-events.ts'

const BOOT_REASON: Readonly<Record<BootReason, BootNotificationRequest['reason']>> = {
  powerUp: 'PowerUp',
  reconnected: 'Unknown',
  remoteReset: 'RemoteReset',
  triggered: 'Triggered',
}
/** What asked for the stop, and what is written down as the reason. */
const STOP: Readonly<Record<StopReason, { readonly trigger: Trigger; readonly reason: Stopped }>> = {
  local: { trigger: 'StopAuthorized', reason: 'Local' },
  remote: { trigger: 'RemoteStop', reason: 'Remote' },
  evDisconnected: { trigger: 'EVCommunicationLost', reason: 'EVDisconnected' },
  deAuthorized: { trigger: 'Deauthorized', reason: 'DeAuthorized' },
  hardReset: { trigger: 'ResetCommand', reason: 'ImmediateReset' },
  softReset: { trigger: 'ResetCommand', reason: 'Reboot' },
  unlock: { trigger: 'UnlockCommand', reason: 'Other' },
  emergency: { trigger: 'AbnormalCondition', reason: 'EmergencyStop' },
  stoppedByEV: { trigger: 'ChargingStateChanged', reason: 'StoppedByEV' },
  fault: { trigger: 'AbnormalCondition', reason: 'Other' },
}
/** Faults that 2.0.1 has a reason of its own for (ReasonEnumType), by their codes of 1.6. */
const FAULT_REASON: Readonly<Record<string, Stopped>> = { GroundFailure: 'GroundFault', OverCurrentFailure: 'OvercurrentFault' }
const START_TRIGGER: Readonly<Record<StationTransaction['trigger'], Trigger>> = {
  authorised: 'Authorized',
  plugged: 'CablePluggedIn',
  remote: 'RemoteStart',
}

/** The CALLs of a 2.0.1 station. */
export function messages2(core: StationCore): Omit<Dialect, 'answer'> {
  const { meterValue, transactionEvent } = transactionEvents2(core)
  const plugLock = plugLock2(core)

  return {
    boot: async (reason) =>
      bootAnswer(await core.link.call({ action: 'BootNotification', first: true, payload: () => bootRequest(core, reason) })),
    heartbeat: () => void core.link.call({ action: 'Heartbeat', payload: () => ({}) }),
    status: (evse, again) => sendStatus(core, evse, again === 'again'),
    authorize: async (idToken) => {
      const request: AuthorizeRequest = { idToken: tokenOf(idToken) }
      const outcome = await core.link.call({ action: 'Authorize', payload: () => ({ ...request }) })
      return outcome.ok
        ? authorisation(outcome.response)
        : outcome.reason === 'refused'
          ? { status: 'Invalid', groupIdToken: undefined }
          : undefined
    },
    started: async (evse, transaction) => {
      const online = core.link.state() === 'connected'
      const sent = transactionEvent(evse, transaction, {
        type: 'Started',
        trigger: START_TRIGGER[transaction.trigger],
        context: 'begin',
        idToken: transaction.idToken,
      }).then((outcome) => (outcome.ok && outcome.response.idTokenInfo !== undefined ? authorisation(outcome.response) : undefined))
      plugLock(evse, transaction, 'locked')
      return online ? sent : undefined
    },
    stateChanged: (evse, transaction) =>
      void transactionEvent(evse, transaction, { type: 'Updated', trigger: 'ChargingStateChanged', context: 'periodic' }),
    meterValues: (evse, context) => {
      const trigger = context === 'trigger' ? 'Trigger' : 'MeterValuePeriodic'
      if (evse.transaction) return void transactionEvent(evse, evse.transaction, { type: 'Updated', trigger, context })
      const request: MeterValuesRequest = { evseId: evse.template.number, meterValue: [meterValue(evse, context)] }
      void core.link.call({ action: 'MeterValues', payload: () => ({ ...request }) })
    },
    stopRequested: (evse, transaction) => {
      const { stopReason = 'local', idToken } = transaction
      const { trigger } = STOP[stopReason]
      void transactionEvent(evse, transaction, {
        type: 'Updated',
        trigger,
        context: 'periodic',
        ...(stopReason === 'local' && { idToken }),
      })
    },
    // The transaction ends when the power path is open (TxStopPoint PowerPathClosed); only then the lock lets go.
    currentZero: () => {},
    unlocked: (evse, transaction) => {
      const { trigger, reason } = STOP[transaction.stopReason ?? 'local']
      const stopped = (transaction.stopReason === 'fault' && FAULT_REASON[evse.faultCode ?? '']) || reason
      void transactionEvent(evse, transaction, { type: 'Ended', trigger, context: 'end', stopped })
      plugLock(evse, transaction, 'unlocked')
    },
  }
}

const bootRequest = ({ template, identity }: StationCore, reason: BootReason): JsonObject => {
  const request: BootNotificationRequest = {
    reason: BOOT_REASON[reason],
    chargingStation: {
      vendorName: template.vendor,
      model: template.model,
      serialNumber: identity.slice(0, 25),
      firmwareVersion: template.firmware,
    },
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
  if (!evse) return // 2.x has no status of the whole station
  const connectorStatus = STATUS_2[evse.state]
  if (evse.reportedStatus === connectorStatus && !again) return
  evse.reportedStatus = connectorStatus
  const request: StatusNotificationRequest = {
    timestamp: isoOf(core.clock.now()),
    connectorStatus,
    evseId: evse.template.number,
    connectorId: 1,
  }
  void core.link.call({ action: 'StatusNotification', payload: () => ({ ...request }), first: core.quirks.statusBeforeBoot ?? false })
}

export function authorisation(response: JsonObject): Authorisation {
  const info = objectOf(response.idTokenInfo)
  return { status: textOf(info.status) ?? 'Invalid', groupIdToken: textOf(objectOf(info.groupIdToken).idToken) }
}
