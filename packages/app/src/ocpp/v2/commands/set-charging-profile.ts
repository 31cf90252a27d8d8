import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'
import { chargingProfile } from './charging-profile.ts'

/** OCPP 2.0.1, K01. */
export const setChargingProfile: IntentCommand<'setChargingProfile'> = {
  toCall: ({ evse, transactionId, purpose, ...wish }, { capabilities }) => {
    const use = {
      purpose: purpose === 'transaction' ? 'TxProfile' : 'TxDefaultProfile',
      capabilities,
      ...(transactionId !== undefined && { transactionId }),
    } as const
    return { action: 'SetChargingProfile', payload: { evseId: evse, chargingProfile: chargingProfile(wish, use) } }
  },
  read: acceptedWhen('Accepted'),
}
