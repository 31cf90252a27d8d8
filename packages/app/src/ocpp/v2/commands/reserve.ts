import { isoOf } from '@voltway/units'
import type { ReserveNowRequest } from '@voltway/wire/ocpp/v2'
import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'
import { centralToken } from './id-token.ts'

/** OCPP 2.0.1, H01. */
export const reserve: IntentCommand<'reserve'> = {
  toCall: ({ reservationNumber, evse, expiresAt, idToken, groupIdToken }) => {
    const payload: ReserveNowRequest = {
      id: reservationNumber,
      evseId: evse,
      expiryDateTime: isoOf(expiresAt),
      idToken: centralToken(idToken),
      ...(groupIdToken !== undefined && { groupIdToken: centralToken(groupIdToken) }),
    }
    return { action: 'ReserveNow', payload: { ...payload } }
  },
  read: acceptedWhen('Accepted'),
}
