import type { RemoteStartTransactionRequest } from '@voltway/wire/ocpp/v16'
import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'
import { chargingProfile } from './charging-profile.ts'

/** OCPP 1.6, 5.11. */
export const remoteStart: IntentCommand<'remoteStart'> = {
  toCall: ({ evse, idToken, schedule }, { capabilities }) => {
    const profile = schedule && chargingProfile(schedule, { purpose: 'TxProfile', capabilities })
    const payload: RemoteStartTransactionRequest = { connectorId: evse, idTag: idToken, ...(profile && { chargingProfile: profile }) }
    return { action: 'RemoteStartTransaction', payload: { ...payload } }
  },
  read: acceptedWhen('Accepted'),
}
