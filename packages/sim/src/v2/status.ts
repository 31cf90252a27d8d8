import type { StatusNotificationRequest, TransactionEventRequest } from '@voltway/wire/ocpp/v2'
import type { ConnectorState } from '../connector-machine.ts'

/** A connector's state in the words of 2.0.1; a card without a cable leaves it available. */
export const STATUS_2: Readonly<Record<ConnectorState, StatusNotificationRequest['connectorStatus']>> = {
  available: 'Available',
  authorised: 'Available',
  reserved: 'Reserved',
  preparing: 'Occupied',
  starting: 'Occupied',
  charging: 'Occupied',
  suspendedEV: 'Occupied',
  suspendedEVSE: 'Occupied',
  rampingDown: 'Occupied',
  locked: 'Occupied',
  finishing: 'Occupied',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
}

type ChargingState = NonNullable<TransactionEventRequest['transactionInfo']['chargingState']>

export const CHARGING_STATE_2: Readonly<Partial<Record<ConnectorState, ChargingState>>> = {
  authorised: 'EVConnected',
  starting: 'EVConnected',
  charging: 'Charging',
  suspendedEV: 'SuspendedEV',
  suspendedEVSE: 'SuspendedEVSE',
  rampingDown: 'Charging',
  locked: 'EVConnected',
}
