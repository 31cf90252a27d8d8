import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.12. An orphan transaction has no number that the station would know. */
export const remoteStop: IntentCommand<'remoteStop'> = {
  toCall: ({ transactionId }) =>
    /^[1-9]\d{0,9}$/.test(transactionId)
      ? { action: 'RemoteStopTransaction', payload: { transactionId: Number(transactionId) } }
      : { refused: 'the station does not know this transaction by a number' },
  read: acceptedWhen('Accepted'),
}
