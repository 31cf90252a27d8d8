import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.18. Its connector is our EVSE. */
export const unlock: IntentCommand<'unlock'> = {
  toCall: ({ evse }) => ({ action: 'UnlockConnector', payload: { connectorId: evse } }),
  read: acceptedWhen('Unlocked'),
}
