import { instantOf, isoOf, milliseconds } from '@voltway/units'
import type {
  CancelReservationRequest,
  CancelReservationResponse,
  ChangeAvailabilityRequest,
  ChangeAvailabilityResponse,
  ChangeConfigurationRequest,
  ChangeConfigurationResponse,
  ClearChargingProfileRequest,
  ClearChargingProfileResponse,
  DataTransferRequest,
  DataTransferResponse,
  GetCompositeScheduleRequest,
  GetCompositeScheduleResponse,
  GetConfigurationRequest,
  GetConfigurationResponse,
  RemoteStartTransactionRequest,
  RemoteStartTransactionResponse,
  RemoteStopTransactionRequest,
  RemoteStopTransactionResponse,
  ReserveNowRequest,
  ReserveNowResponse,
  ResetRequest,
  ResetResponse,
  SetChargingProfileRequest,
  SetChargingProfileResponse,
  TriggerMessageRequest,
  TriggerMessageResponse,
  UnlockConnectorRequest,
  UnlockConnectorResponse,
} from '@voltway/wire/ocpp/v16'
import { selectProfiles, withoutProfiles } from '../charging/charging-profile.ts'
import { compositeSchedule } from '../charging/composite-schedule.ts'
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
  setProfile,
  unlock,
} from '../station/operator-actions.ts'
import { SETTINGS, type SettingName } from '../station/settings.ts'
import { hardwareLimit, limitContext, stationContext, switchesPhases, updateSupply } from '../station/supply.ts'
import { PURPOSE_16, readProfile } from './profile.ts'
import { FEATURE_PROFILES, KEY_16 } from './settings.ts'

/** What a 1.6 station answers to each CALL of the server. */
export const commands16 = (core: StationCore): Readonly<Record<string, Answer>> => ({
  ...transactionCommands(core),
  ...configurationCommands(core),
  ...chargingProfileCommands(core),
  ...deviceCommands(core),
})

const transactionCommands = (core: StationCore) => ({
  RemoteStartTransaction: answers<RemoteStartTransactionRequest, RemoteStartTransactionResponse>((request) => {
    const { connectorId, idTag, chargingProfile } = request
    const profile = chargingProfile && readProfile(chargingProfile, connectorId ?? 0, core.clock.now())
    const evse = remoteStart(core, { evse: connectorId, idToken: idTag, groupIdToken: undefined, remoteStartNumber: 0, profile })
    return { status: evse ? 'Accepted' : 'Rejected' }
  }),
  RemoteStopTransaction: answers<RemoteStopTransactionRequest, RemoteStopTransactionResponse>(({ transactionId }) => ({
    status: remoteStop(core, ({ transaction }) => transaction?.number === transactionId) ? 'Accepted' : 'Rejected',
  })),
  ReserveNow: answers<ReserveNowRequest, ReserveNowResponse>(({ connectorId, expiryDate, idTag, parentIdTag, reservationId }) => {
    const expiresAt = instantOf(expiryDate)
    if (expiresAt === undefined) return { status: 'Rejected' }
    return { status: reserve(core, { number: reservationId, evse: connectorId, expiresAt, idToken: idTag, groupIdToken: parentIdTag }) }
  }),
  CancelReservation: answers<CancelReservationRequest, CancelReservationResponse>(({ reservationId }) => ({
    status: cancelReservation(core, reservationId) ? 'Accepted' : 'Rejected',
  })),
})

const configurationCommands = (core: StationCore) => {
  const names = Object.keys(SETTINGS).filter((name): name is SettingName => name in SETTINGS)
  const fixed: readonly (readonly [string, string])[] = [
    ['NumberOfConnectors', String(core.evses.length)],
    ['SupportedFeatureProfiles', FEATURE_PROFILES],
    ['ReserveConnectorZeroSupported', 'true'],
    ['ConnectorSwitch3to1PhaseSupported', String(switchesPhases(core))],
  ]
  return {
    GetConfiguration: answers<GetConfigurationRequest, GetConfigurationResponse>(({ key: asked }) => {
      const all = [
        ...names.map((name) => ({ key: KEY_16[name], readonly: 'readOnly' in SETTINGS[name], value: core.settings.text(name) })),
        ...fixed.map(([key, value]) => ({ key, readonly: true, value })),
      ]
      if (!asked || asked.length === 0) return { configurationKey: all }
      return {
        configurationKey: all.filter(({ key }) => asked.includes(key)),
        unknownKey: asked.filter((key) => !all.some((one) => one.key === key)),
      }
    }),
    ChangeConfiguration: answers<ChangeConfigurationRequest, ChangeConfigurationResponse>(({ key, value }) => {
      const name = names.find((one) => KEY_16[one] === key)
      if (!name) return { status: fixed.some(([one]) => one === key) ? 'Rejected' : 'NotSupported' }
      return { status: core.settings.set(name, value) === 'accepted' ? 'Accepted' : 'Rejected' }
    }),
  }
}

const chargingProfileCommands = (core: StationCore) => ({
  SetChargingProfile: answers<SetChargingProfileRequest, SetChargingProfileResponse>(({ connectorId, csChargingProfiles }) => {
    const number = csChargingProfiles.transactionId
    const transaction = findEvse(core, connectorId)?.transaction
    if (number !== undefined && transaction?.number !== number) return { status: 'Rejected' }
    const profile = {
      ...readProfile(csChargingProfiles, connectorId, core.clock.now()),
      transactionId: number === undefined ? undefined : transaction?.id,
    }
    return { status: setProfile(core, profile) ? 'Accepted' : 'Rejected' }
  }),
  ClearChargingProfile: answers<ClearChargingProfileRequest, ClearChargingProfileResponse>((request) => {
    const { id, connectorId: evse, chargingProfilePurpose, stackLevel } = request
    const filter = { id, evse, stackLevel, purpose: chargingProfilePurpose && PURPOSE_16[chargingProfilePurpose] }
    if (selectProfiles(core.profiles, filter).length === 0) return { status: 'Unknown' }
    core.profiles = withoutProfiles(core.profiles, filter)
    updateSupply(core)
    return { status: 'Accepted' }
  }),
  GetCompositeSchedule: answers<GetCompositeScheduleRequest, GetCompositeScheduleResponse>((request) => {
    const { connectorId, duration, chargingRateUnit: unit = 'W' } = request
    const evse = findEvse(core, connectorId)
    if (!evse && connectorId !== 0) return { status: 'Rejected' }
    const context = evse ? limitContext(evse) : stationContext(core)
    const now = core.clock.now()
    const periods = compositeSchedule(core.profiles, context, {
      from: now,
      durationSeconds: duration,
      maxPowerW: hardwareLimit(core, connectorId),
    })
    const wattsPerUnit = unit === 'W' ? 1 : context.voltageV * context.phases
    return {
      status: 'Accepted',
      connectorId,
      scheduleStart: isoOf(now),
      chargingSchedule: {
        duration,
        startSchedule: isoOf(now),
        chargingRateUnit: unit,
        chargingSchedulePeriod: periods.map(({ startSeconds, limitW }) => ({
          startPeriod: startSeconds,
          limit: Math.floor((limitW / wattsPerUnit) * 10) / 10,
          numberPhases: context.phases,
        })),
      },
    }
  }),
})

const deviceCommands = (core: StationCore) => ({
  ChangeAvailability: answers<ChangeAvailabilityRequest, ChangeAvailabilityResponse>(({ connectorId, type }) => ({
    status: changeAvailability(core, connectorId, type === 'Operative'),
  })),
  Reset: answers<ResetRequest, ResetResponse>(({ type }) => {
    core.clock.after(milliseconds(0), () => reset(core, type === 'Hard'))
    return { status: 'Accepted' }
  }),
  UnlockConnector: answers<UnlockConnectorRequest, UnlockConnectorResponse>(({ connectorId }) => {
    const outcome = unlock(core, connectorId)
    return { status: outcome === 'Unknown' ? 'NotSupported' : outcome }
  }),
  TriggerMessage: answers<TriggerMessageRequest, TriggerMessageResponse>(({ requestedMessage, connectorId }) => {
    const evses = core.evses.filter(({ template }) => connectorId === undefined || connectorId === 0 || template.number === connectorId)
    if (evses.length === 0) return { status: 'Rejected' }
    const messages: Partial<Record<TriggerMessageRequest['requestedMessage'], () => void>> = {
      BootNotification: () => void core.dialect.boot('triggered'),
      Heartbeat: core.dialect.heartbeat,
      MeterValues: () => {
        updateSupply(core)
        for (const evse of evses) core.dialect.meterValues(evse, 'trigger')
      },
      StatusNotification: () => {
        for (const evse of evses) core.dialect.status(evse, 'again')
      },
    }
    const send = messages[requestedMessage]
    if (!send) return { status: 'NotImplemented' }
    core.clock.after(milliseconds(0), send)
    return { status: 'Accepted' }
  }),
  DataTransfer: answers<DataTransferRequest, DataTransferResponse>(({ vendorId, data }) =>
    vendorId === core.template.vendor ? { status: 'Accepted', ...(data !== undefined && { data }) } : { status: 'UnknownVendorId' },
  ),
})
