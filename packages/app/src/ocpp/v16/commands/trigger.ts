import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

const MESSAGE = { boot: 'BootNotification', status: 'StatusNotification', meterValues: 'MeterValues', heartbeat: 'Heartbeat' } as const

/** OCPP 1.6, 5.17. Without an EVSE: of every connector. */
export const trigger: IntentCommand<'trigger'> = {
  toCall: ({ message, evse }) => ({
    action: 'TriggerMessage',
    payload: { requestedMessage: MESSAGE[message], ...(evse !== undefined && { connectorId: evse }) },
  }),
  read: acceptedWhen('Accepted'),
}
