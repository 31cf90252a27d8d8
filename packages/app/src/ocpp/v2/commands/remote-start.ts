import type { RequestStartTransactionRequest } from '@voltway/wire/ocpp/v2'
import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'
import { chargingProfile } from './charging-profile.ts'
import { centralToken } from './id-token.ts'

/** OCPP 2.0.1, F01 and F02. */
export const remoteStart: IntentCommand<'remoteStart'> = {
  toCall: ({ evse, idToken, groupIdToken, remoteStartNumber, schedule }, { capabilities }) => {
    const payload: RequestStartTransactionRequest = {
      evseId: evse,
      remoteStartId: remoteStartNumber,
      idToken: centralToken(idToken),
      ...(groupIdToken !== undefined && { groupIdToken: centralToken(groupIdToken) }),
      ...(schedule && { chargingProfile: chargingProfile(schedule, { purpose: 'TxProfile', capabilities }) }),
    }
    return { action: 'RequestStartTransaction', payload: { ...payload } }
  },
  read: acceptedWhen('Accepted'),
}
