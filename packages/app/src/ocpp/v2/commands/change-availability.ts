import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, G03 and G04: without an EVSE the whole station. Scheduled means: once the transaction is over. */
export const changeAvailability: IntentCommand<'changeAvailability'> = {
  toCall: ({ evse, operative }) => ({
    action: 'ChangeAvailability',
    payload: { operationalStatus: operative ? 'Operative' : 'Inoperative', ...(evse > 0 && { evse: { id: evse } }) },
  }),
  read: acceptedWhen('Accepted', 'Scheduled'),
}
