import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 2.0.1, H02. */
export const cancelReservation: IntentCommand<'cancelReservation'> = {
  toCall: ({ reservationNumber }) => ({ action: 'CancelReservation', payload: { reservationId: reservationNumber } }),
  read: acceptedWhen('Accepted'),
}
