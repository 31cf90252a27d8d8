import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, F03. */
export const remoteStop: IntentCommand<'remoteStop'> = {
  toCall: ({ transactionId }) => ({ action: 'RequestStopTransaction', payload: { transactionId } }),
  read: acceptedWhen('Accepted'),
}
