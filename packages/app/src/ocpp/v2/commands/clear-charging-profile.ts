import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, K10. A profile that is not there is as good as cleared. */
export const clearChargingProfile: IntentCommand<'clearChargingProfile'> = {
  toCall: ({ profileNumber }) => ({ action: 'ClearChargingProfile', payload: { chargingProfileId: profileNumber } }),
  read: acceptedWhen('Accepted', 'Unknown'),
}
