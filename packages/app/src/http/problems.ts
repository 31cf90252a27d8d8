/** Every problem this API answers with, by its code: HTTP status and title. RFC 9457. */
export const PROBLEMS = {
  REQUEST_INVALID: [400, 'The request is not as described'],
  JSON_INVALID: [400, 'The body is not JSON'],
  CURSOR_INVALID: [400, 'The cursor is not one of this list'],
  NOT_SIGNED_IN: [401, 'Sign in or send an API key'],
  SIGN_IN_REFUSED: [401, 'E-mail or password is wrong'],
  SCOPE_MISSING: [403, 'You are not allowed to do this'],
  ORIGIN_REFUSED: [403, 'The request came from another site'],
  SIGN_UP_CLOSED: [403, 'Drivers cannot sign up here'],
  SET_UP_REFUSED: [403, 'The set-up link is wrong or was used'],
  NOT_FOUND: [404, 'There is no such thing'],
  ROUTE_NOT_FOUND: [404, 'There is no such address'],
  METHOD_NOT_ALLOWED: [405, 'This address does not take that method'],
  ALREADY_EXISTS: [409, 'It exists already'],
  IN_USE: [409, 'It is in use'],
  STATE_CONFLICT: [409, 'Its state does not allow this'],
  IDEMPOTENCY_KEY_REUSED: [409, 'This Idempotency-Key was used with another request'],
  IDEMPOTENCY_IN_PROGRESS: [409, 'The first request with this Idempotency-Key is still running'],
  SLOT_TAKEN: [409, 'Somebody has that slot'],
  SITE_FULL: [409, 'The site has promised this power to others: ask for plans again'],
  RESERVATION_LIMIT: [409, 'You hold as many reservations as one driver may'],
  EVSE_NOT_FREE: [409, 'The connector is not free'],
  STATION_OFFLINE: [409, 'The station is not connected'],
  STATION_REFUSED: [409, 'The station refused'],
  RESERVED_FOR_SOMEBODY: [409, 'The connector is reserved for somebody else'],
  WRONG_EVSE: [409, 'The reservation is for another connector'],
  TOO_EARLY: [409, 'The reservation has not begun'],
  TOO_LATE: [409, 'The time for this is over'],
  DRIVER_BLOCKED: [403, 'This account is blocked'],
  SESSION_NOT_HELD: [409, 'The session is not held for review'],
  SESSION_ENDED: [409, 'The session has ended'],
  RECEIPT_NOT_ISSUED: [409, 'There is no receipt yet'],
  OFFER_INVALID: [422, 'The offer is not one of ours'],
  OFFER_EXPIRED: [410, 'The offer has expired: ask for plans again'],
  NO_TARIFF: [409, 'There is no tariff for this connector'],
  TARIFF_INVALID: [422, 'The tariff cannot be used'],
  PLAN_IMPOSSIBLE: [422, 'No plan can do that'],
  COMMAND_INVALID: [422, 'The command is not valid for this station'],
  BODY_TOO_LARGE: [413, 'The request is too large'],
  MEDIA_TYPE_UNSUPPORTED: [415, 'Send JSON'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  COMMAND_ERROR: [502, 'The station answered with an error'],
  COMMAND_EXPIRED: [504, 'The station did not answer in time'],
  PLANNER_BUSY: [503, 'Too many plans are asked for at the moment: ask again'],
  NOT_READY: [503, 'Not ready yet'],
  INTERNAL: [500, 'Something went wrong here'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type ProblemCode = keyof typeof PROBLEMS

/** Where in the request something is wrong: `body.email`, `query.limit`. */
/** Seconds after which it is worth asking again, where that is known. */
export const RETRY_AFTER_SECONDS: Readonly<Partial<Record<ProblemCode, number>>> = { PLANNER_BUSY: 2 }

export interface FieldError {
  readonly path: string
  readonly message: string
}

export interface ProblemBody {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ProblemCode
  readonly detail: string
  readonly errors?: readonly FieldError[]
  readonly [more: string]: unknown
}

export const problemBody = (code: ProblemCode, detail?: string, more: Readonly<Record<string, unknown>> = {}): ProblemBody => {
  const [status, title] = PROBLEMS[code]
  return { type: `/api/reference#${code}`, title, status, code, detail: detail ?? `${title}.`, ...more }
}

/** Thrown by route handlers; becomes an `application/problem+json` answer. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly body: ProblemBody
  constructor(code: ProblemCode, detail?: string, more?: Readonly<Record<string, unknown>>) {
    super(detail ?? PROBLEMS[code][1])
    this.name = 'Problem'
    this.code = code
    this.body = problemBody(code, detail, more)
  }
}

/** For look-ups by id: what is not the caller's own does not exist for them. */
export const found = <Row>(row: Row | undefined, what: string): Row => {
  if (row === undefined) throw new Problem('NOT_FOUND', `There is no such ${what}.`)
  return row
}
