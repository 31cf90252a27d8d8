import { acceptedWhen, type IntentCommand } from '../../commands/intent-command.ts'

/** OCPP 1.6, 5.1. */
export const cancelReservation: IntentCommand<'cancelReservation'> = {
  toCall: ({ reservationNumber }) => ({ action: 'CancelReservation', payload: { reservationId: reservationNumber } }),
  read: acceptedWhen('Accepted'),
}
