import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'
import { chargingProfile } from './charging-profile.ts'

/** OCPP 1.6, 5.16. */
export const setChargingProfile: IntentCommand<'setChargingProfile'> = {
  toCall: ({ evse, transactionId, purpose, ...wish }, { capabilities }) => {
    const number = transactionId === undefined ? undefined : Number(transactionId)
    if (number !== undefined && !Number.isSafeInteger(number)) return { refused: 'the station does not know this transaction by a number' }
    const use = {
      purpose: purpose === 'transaction' ? 'TxProfile' : 'TxDefaultProfile',
      capabilities,
      ...(number !== undefined && { transactionId: number }),
    } as const
    return { action: 'SetChargingProfile', payload: { connectorId: evse, csChargingProfiles: chargingProfile(wish, use) } }
  },
  read: acceptedWhen('Accepted'),
}
