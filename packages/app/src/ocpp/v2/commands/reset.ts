import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, B11 and B12. */
export const reset: IntentCommand<'reset'> = {
  toCall: ({ hard }) => ({ action: 'Reset', payload: { type: hard ? 'Immediate' : 'OnIdle' } }),
  read: acceptedWhen('Accepted', 'Scheduled'),
}
