import type { SettingName } from '../station/settings.ts'

export interface VariableKey {
  readonly component: string
  readonly variable: string
  readonly instance?: string
}

/** Variables of 2.0.1 part 2 section 2, by our names; several settings may be one variable. */
export const VARIABLE_2: Readonly<Record<SettingName, VariableKey>> = {
  heartbeatSeconds: { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval' },
  pingSeconds: { component: 'OCPPCommCtrlr', variable: 'WebSocketPingInterval' },
  meterIntervalSeconds: { component: 'SampledDataCtrlr', variable: 'TxUpdatedInterval' },
  measurands: { component: 'SampledDataCtrlr', variable: 'TxUpdatedMeasurands' },
  connectionTimeoutSeconds: { component: 'TxCtrlr', variable: 'EVConnectionTimeOut' },
  stopOnInvalidId: { component: 'TxCtrlr', variable: 'StopTxOnInvalidId' },
  stopOnUnplug: { component: 'TxCtrlr', variable: 'StopTxOnEVSideDisconnect' },
  authorizeRemote: { component: 'AuthCtrlr', variable: 'AuthorizeRemoteStart' },
  offlineUnknown: { component: 'AuthCtrlr', variable: 'OfflineTxForUnknownIdEnabled' },
  offlineKnown: { component: 'AuthCtrlr', variable: 'LocalAuthorizeOffline' },
  maxStackLevel: { component: 'SmartChargingCtrlr', variable: 'ProfileStackLevel' },
  maxPeriods: { component: 'SmartChargingCtrlr', variable: 'PeriodsPerSchedule' },
  maxProfiles: { component: 'SmartChargingCtrlr', variable: 'Entries', instance: 'ChargingProfiles' },
  rateUnits: { component: 'SmartChargingCtrlr', variable: 'RateUnit' },
}
