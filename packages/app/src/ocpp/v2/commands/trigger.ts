import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

const MESSAGE = { boot: 'BootNotification', status: 'StatusNotification', meterValues: 'MeterValues', heartbeat: 'Heartbeat' } as const

/** OCPP 2.0.1, F06. A status is asked of one connector (F06.FR.13), by the EVSE that has it. */
export const trigger: IntentCommand<'trigger'> = {
  toCall: ({ message, evse }) => ({
    action: 'TriggerMessage',
    payload: {
      requestedMessage: MESSAGE[message],
      ...(evse !== undefined && { evse: message === 'status' ? { id: evse, connectorId: 1 } : { id: evse } }),
    },
  }),
  read: acceptedWhen('Accepted'),
}
