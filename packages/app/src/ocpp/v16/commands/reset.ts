import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.14. */
export const reset: IntentCommand<'reset'> = {
  toCall: ({ hard }) => ({ action: 'Reset', payload: { type: hard ? 'Hard' : 'Soft' } }),
  read: acceptedWhen('Accepted'),
}
