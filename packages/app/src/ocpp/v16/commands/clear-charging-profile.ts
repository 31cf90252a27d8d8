import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.5. A profile that is not there is as good as cleared. */
export const clearChargingProfile: IntentCommand<'clearChargingProfile'> = {
  toCall: ({ profileNumber }) => ({ action: 'ClearChargingProfile', payload: { id: profileNumber } }),
  read: acceptedWhen('Accepted', 'Unknown'),
}
