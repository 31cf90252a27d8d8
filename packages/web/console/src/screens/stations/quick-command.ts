/** The everyday commands that have a button, whatever the station's version. EVSE 0 is the whole station. */
export type QuickCommand =
  | { readonly kind: 'reset'; readonly hard: boolean }
  | { readonly kind: 'unlock'; readonly evse: number; readonly connector: number }
  | { readonly kind: 'availability'; readonly evse: number; readonly operative: boolean }
  | { readonly kind: 'trigger'; readonly evse: number; readonly message: 'StatusNotification' | 'MeterValues' }

interface Request {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Sections 5.2, 5.14, 5.17 and 5.18 of OCPP 1.6, where an EVSE is a connector. */
const in16 = (command: QuickCommand): Request => {
  switch (command.kind) {
    case 'reset':
      return { action: 'Reset', payload: { type: command.hard ? 'Hard' : 'Soft' } }
    case 'unlock':
      return { action: 'UnlockConnector', payload: { connectorId: command.evse } }
    case 'availability':
      return { action: 'ChangeAvailability', payload: { connectorId: command.evse, type: command.operative ? 'Operative' : 'Inoperative' } }
    case 'trigger':
      return { action: 'TriggerMessage', payload: { requestedMessage: command.message, connectorId: command.evse } }
  }
}

/** B11, F05, G03 and F06 of OCPP 2.0.1. */
const in2 = (command: QuickCommand): Request => {
  switch (command.kind) {
    case 'reset':
      return { action: 'Reset', payload: { type: command.hard ? 'Immediate' : 'OnIdle' } }
    case 'unlock':
      return { action: 'UnlockConnector', payload: { evseId: command.evse, connectorId: command.connector } }
    case 'availability': {
      const operationalStatus = command.operative ? 'Operative' : 'Inoperative'
      return { action: 'ChangeAvailability', payload: { operationalStatus, ...(command.evse > 0 && { evse: { id: command.evse } }) } }
    }
    case 'trigger': {
      // A status is asked of a connector (F06.FR.12).
      const evse = { id: command.evse, ...(command.message === 'StatusNotification' && { connectorId: 1 }) }
      return { action: 'TriggerMessage', payload: { requestedMessage: command.message, evse } }
    }
  }
}

/** The action and payload of a command in the words of an OCPP version (`ocpp1.6`, `ocpp2.0.1`). */
export const quickRequest = (version: string, command: QuickCommand): Request => (version === 'ocpp1.6' ? in16(command) : in2(command))
