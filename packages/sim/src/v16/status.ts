import type { StatusNotificationRequest } from '@voltway/wire/ocpp/v16'
import type { ConnectorState } from '../connector-machine.ts'

type Status = StatusNotificationRequest['status']

/** A connector's state in the words of 1.6 section 7.7; while current ramps down nothing new is said. */
export const STATUS_16: Readonly<Record<ConnectorState, { readonly status: Status; readonly info?: string } | undefined>> = {
  available: { status: 'Available' },
  reserved: { status: 'Reserved' },
  preparing: { status: 'Preparing' },
  authorised: { status: 'Preparing' },
  starting: { status: 'Preparing' },
  charging: { status: 'Charging' },
  suspendedEV: { status: 'SuspendedEV' },
  suspendedEVSE: { status: 'SuspendedEVSE' },
  rampingDown: undefined,
  locked: { status: 'Finishing', info: 'Locked: voltage present' },
  finishing: { status: 'Finishing', info: 'Unlocked' },
  unavailable: { status: 'Unavailable' },
  faulted: { status: 'Faulted' },
}

export const ERROR_CODES_16 = [
  'ConnectorLockFailure',
  'EVCommunicationError',
  'GroundFailure',
  'HighTemperature',
  'InternalError',
  'LocalListConflict',
  'NoError',
  'OtherError',
  'OverCurrentFailure',
  'OverVoltage',
  'PowerMeterFailure',
  'PowerSwitchFailure',
  'ReaderFailure',
  'ResetFailure',
  'UnderVoltage',
  'WeakSignal',
] as const satisfies readonly StatusNotificationRequest['errorCode'][]
