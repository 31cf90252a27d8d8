import { ApiProblem } from '@voltway/ui'
import { text } from '../text.ts'

const KEYS = {
  NOT_SIGNED_IN: 'problemNotSignedIn',
  SIGN_IN_REFUSED: 'problemSignIn',
  SIGN_UP_CLOSED: 'problemSignUpClosed',
  NOT_FOUND: 'problemNotFound',
  SLOT_TAKEN: 'problemSlotTaken',
  SITE_FULL: 'problemSiteFull',
  RESERVATION_LIMIT: 'problemLimit',
  EVSE_NOT_FREE: 'problemNotFree',
  STATION_OFFLINE: 'problemOffline',
  STATION_REFUSED: 'problemRefused',
  COMMAND_EXPIRED: 'problemNoAnswer',
  RESERVED_FOR_SOMEBODY: 'problemReserved',
  WRONG_EVSE: 'problemWrongEvse',
  TOO_EARLY: 'problemTooEarly',
  TOO_LATE: 'problemTooLate',
  DRIVER_BLOCKED: 'problemBlocked',
  OFFER_EXPIRED: 'problemOfferExpired',
  OFFER_INVALID: 'problemOfferExpired',
  NO_TARIFF: 'problemNoTariff',
  RECEIPT_NOT_ISSUED: 'problemNoReceipt',
  SESSION_ENDED: 'problemSessionEnded',
  TOO_MANY_REQUESTS: 'problemTooMany',
  PLANNER_BUSY: 'problemPlannerBusy',
  SCOPE_MISSING: 'problemNotDriver',
} as const

/** A refusal in the driver's words; what we have no words for is said as the server says it. */
export const problemText = (error: unknown): string => {
  if (!(error instanceof ApiProblem)) return text('problemNetwork')
  const key = KEYS[error.code as keyof typeof KEYS]
  if (key) return text(key)
  return error.errors[0] ? `${error.message} ${error.errors[0].message}` : error.message
}
