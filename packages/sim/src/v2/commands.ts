import { instantOf, isoOf, milliseconds } from '@voltway/units'
import type {
  CancelReservationRequest,
  CancelReservationResponse,
  ChangeAvailabilityRequest,
  ChangeAvailabilityResponse,
  DataTransferRequest,
  DataTransferResponse,
  GetBaseReportRequest,
  GetBaseReportResponse,
  GetVariablesRequest,
  GetVariablesResponse,
  NotifyReportRequest,
  RequestStartTransactionRequest,
  RequestStartTransactionResponse,
  RequestStopTransactionRequest,
  RequestStopTransactionResponse,
  ReserveNowRequest,
  ReserveNowResponse,
  ResetRequest,
  ResetResponse,
  SetVariablesRequest,
  SetVariablesResponse,
  TriggerMessageRequest,
  TriggerMessageResponse,
  UnlockConnectorRequest,
  UnlockConnectorResponse,
} from '@voltway/wire/ocpp/v2'
import { type Answer, answers } from '../station/answers.ts'
import type { StationCore } from '../station/core.ts'
import {
  cancelReservation,
  changeAvailability,
  findEvse,
  remoteStart,
  remoteStop,
  reserve,
  reset,
  unlock,
} from '../station/operator-actions.ts'
import { updateSupply } from '../station/supply.ts'
import { chargingProfileCommands } from './charging-profile-commands.ts'
import { readProfile } from './profile.ts'
import { baseReport, getVariable, setVariable } from './variables.ts'

/** What a 2.0.1 station answers to each CALL of the server. */
export const commands2 = (core: StationCore): Readonly<Record<string, Answer>> => ({
  ...transactionCommands(core),
  ...variableCommands(core),
  ...chargingProfileCommands(core),
  ...deviceCommands(core),
})

const transactionCommands = (core: StationCore) => ({
  RequestStartTransaction: answers<RequestStartTransactionRequest, RequestStartTransactionResponse>((request) => {
    const { evseId, idToken, groupIdToken, remoteStartId, chargingProfile } = request
    const profile = chargingProfile && readProfile(chargingProfile, evseId ?? 0, core.clock.now())
    const evse = remoteStart(core, {
      evse: evseId,
      idToken: idToken.idToken,
      groupIdToken: groupIdToken?.idToken,
      remoteStartNumber: remoteStartId,
      profile,
    })
    return { status: evse ? 'Accepted' : 'Rejected' }
  }),
  RequestStopTransaction: answers<RequestStopTransactionRequest, RequestStopTransactionResponse>(({ transactionId }) => ({
    status: remoteStop(core, ({ transaction }) => transaction?.id === transactionId) ? 'Accepted' : 'Rejected',
  })),
  ReserveNow: answers<ReserveNowRequest, ReserveNowResponse>(({ id, expiryDateTime, idToken, groupIdToken, evseId = 0 }) => {
    const expiresAt = instantOf(expiryDateTime)
    if (expiresAt === undefined) return { status: 'Rejected' }
    return { status: reserve(core, { number: id, evse: evseId, expiresAt, idToken: idToken.idToken, groupIdToken: groupIdToken?.idToken }) }
  }),
  CancelReservation: answers<CancelReservationRequest, CancelReservationResponse>(({ reservationId }) => ({
    status: cancelReservation(core, reservationId) ? 'Accepted' : 'Rejected',
  })),
})

const REPORTS_PER_MESSAGE = 10

const variableCommands = (core: StationCore) => ({
  GetVariables: answers<GetVariablesRequest, GetVariablesResponse>(({ getVariableData }) => ({
    getVariableResult: getVariableData.map(({ component, variable }) => getVariable(core, component, variable)),
  })),
  SetVariables: answers<SetVariablesRequest, SetVariablesResponse>(({ setVariableData }) => ({
    setVariableResult: setVariableData.map(({ component, variable, attributeValue }) =>
      setVariable(core, { component, variable, value: attributeValue }),
    ),
  })),
  GetBaseReport: answers<GetBaseReportRequest, GetBaseReportResponse>(({ requestId, reportBase }) => {
    core.clock.after(milliseconds(0), () => sendReport(core, requestId, reportBase))
    return { status: 'Accepted' }
  }),
})

function sendReport(core: StationCore, requestId: number, kind: GetBaseReportRequest['reportBase']): void {
  const all = baseReport(core, kind)
  for (let from = 0, seqNo = 0; from < all.length; from += REPORTS_PER_MESSAGE, seqNo++) {
    const request: NotifyReportRequest = {
      requestId,
      generatedAt: isoOf(core.clock.now()),
      seqNo,
      tbc: from + REPORTS_PER_MESSAGE < all.length,
      reportData: all.slice(from, from + REPORTS_PER_MESSAGE),
    }
    void core.link.call({ action: 'NotifyReport', payload: () => ({ ...request }) })
  }
}

const deviceCommands = (core: StationCore) => ({
  ChangeAvailability: answers<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(({ evse, operationalStatus }) => ({
    status: changeAvailability(core, evse?.id ?? 0, operationalStatus === 'Operative'),
  })),
  Reset: answers<ResetRequest, ResetResponse>(({ type, evseId }) => {
    if (evseId !== undefined) return { status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedParam' } }
    const busy = type === 'OnIdle' && core.evses.some(({ transaction }) => transaction)
    core.clock.after(milliseconds(0), () => (busy ? resetWhenIdle(core) : reset(core, type === 'Immediate')))
    return { status: busy ? 'Scheduled' : 'Accepted' }
  }),
  UnlockConnector: answers<UnlockConnectorRequest, UnlockConnectorResponse>(({ evseId }) => {
    const evse = findEvse(core, evseId)
    if (!evse) return { status: 'UnknownConnector' }
    if (evse.transaction) return { status: 'OngoingAuthorizedTransaction' } // F05.FR.02
    return { status: unlock(core, evseId) === 'Unlocked' ? 'Unlocked' : 'UnlockFailed' }
  }),
  TriggerMessage: answers<TriggerMessageRequest, TriggerMessageResponse>(({ requestedMessage, evse }) => {
    const evses = core.evses.filter(({ template }) => evse === undefined || template.number === evse.id)
    if (evses.length === 0) return { status: 'Rejected' }
    const send = triggered(core, evses)[requestedMessage]
    if (!send) return { status: 'NotImplemented' }
    core.clock.after(milliseconds(0), send)
    return { status: 'Accepted' }
  }),
  DataTransfer: answers<DataTransferRequest, DataTransferResponse>(({ vendorId }) => ({
    status: vendorId === core.template.vendor ? 'Accepted' : 'UnknownVendorId',
  })),
})

const triggered = (
  core: StationCore,
  evses: StationCore['evses'],
): Partial<Record<TriggerMessageRequest['requestedMessage'], () => void>> => {
  const meterValues = () => {
    updateSupply(core)
    for (const evse of evses) core.dialect.meterValues(evse, 'trigger')
  }
  return {
    BootNotification: () => void core.dialect.boot('triggered'),
    Heartbeat: core.dialect.heartbeat,
    MeterValues: meterValues,
    TransactionEvent: meterValues,
    StatusNotification: () => {
      for (const evse of evses) core.dialect.status(evse, 'again')
    },
  }
}

const LOOK_AGAIN_MS = 1_000

function resetWhenIdle(core: StationCore): void {
  if (core.evses.some(({ transaction }) => transaction)) core.clock.after(milliseconds(LOOK_AGAIN_MS), () => resetWhenIdle(core))
  else reset(core, false)
}
