import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, F05. */
export const unlock: IntentCommand<'unlock'> = {
  toCall: ({ evse, connector }) => ({ action: 'UnlockConnector', payload: { evseId: evse, connectorId: connector } }),
  read: acceptedWhen('Unlocked'),
}
