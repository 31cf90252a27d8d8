import type { SettingName } from '../station/settings.ts'

/** Configuration keys of 1.6 section 9, by our names. */
export const KEY_16: Readonly<Record<SettingName, string>> = {
  heartbeatSeconds: 'HeartbeatInterval',
  meterIntervalSeconds: 'MeterValueSampleInterval',
  connectionTimeoutSeconds: 'ConnectionTimeOut',
  pingSeconds: 'WebSocketPingInterval',
  authorizeRemote: 'AuthorizeRemoteTxRequests',
  offlineUnknown: 'AllowOfflineTxForUnknownId',
  offlineKnown: 'LocalAuthorizeOffline',
  stopOnInvalidId: 'StopTransactionOnInvalidId',
  stopOnUnplug: 'StopTransactionOnEVSideDisconnect',
  measurands: 'MeterValuesSampledData',
  maxStackLevel: 'ChargeProfileMaxStackLevel',
  maxPeriods: 'ChargingScheduleMaxPeriods',
  maxProfiles: 'MaxChargingProfilesInstalled',
  rateUnits: 'ChargingScheduleAllowedChargingRateUnit',
}

export const FEATURE_PROFILES = 'Core,Reservation,SmartCharging,RemoteTrigger'
