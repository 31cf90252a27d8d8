import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.2. Scheduled means: once the transaction is over. */
export const changeAvailability: IntentCommand<'changeAvailability'> = {
  toCall: ({ evse, operative }) => ({
    action: 'ChangeAvailability',
    payload: { connectorId: evse, type: operative ? 'Operative' : 'Inoperative' },
  }),
  read: acceptedWhen('Accepted', 'Scheduled'),
}
