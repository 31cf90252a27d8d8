import { isoOf } from '@voltway/units'
import type { ReserveNowRequest } from '@voltway/wire/ocpp/v16'
import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.13. */
export const reserve: IntentCommand<'reserve'> = {
  toCall: ({ reservationNumber, evse, expiresAt, idToken, groupIdToken }) => {
    const payload: ReserveNowRequest = {
      connectorId: evse,
      expiryDate: isoOf(expiresAt),
      idTag: idToken,
      ...(groupIdToken !== undefined && { parentIdTag: groupIdToken }),
      reservationId: reservationNumber,
    }
    return { action: 'ReserveNow', payload: { ...payload } }
  },
  read: acceptedWhen('Accepted'),
}
