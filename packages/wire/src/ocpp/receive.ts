import { type EpochMs, fail, ok, type Result } from '@voltway/units'
import { cleanJson } from './clean-text.ts'
import { isImpeccable } from './is-impeccable.ts'
import { normalise } from './normalise.ts'
import { isForgivable } from './over-long.ts'
import type { Protocol } from './protocol.ts'
import { type Payload, type ValidationFailure, validate } from './validate.ts'
import type { Dropped, Violation } from './violation.ts'

export type InboundMode = 'lenient' | 'strict'

export interface Received {
  /** Valid, but for strings over their length in `lenient` mode, which are kept whole. */
  readonly payload: object
  readonly violations: readonly Violation[]
  readonly dropped: readonly Dropped[]
}

/**
 * Takes a payload from the other side. `lenient` normalises, then validates; `strict`, for certification runs,
 * validates what came. Neither lets text through that a database cannot hold.
 */
export function receive(
  protocol: Protocol,
  message: Payload,
  { mode, now }: { readonly mode: InboundMode; readonly now: EpochMs },
): Result<Received, ValidationFailure> {
  if (mode === 'strict') return receiveStrictly(protocol, message)
  const asSent = validate(protocol, message)
  if (asSent.ok && isImpeccable(asSent.value, '', { now, leniency: protocol.leniency }))
    return ok({ payload: asSent.value, violations: [], dropped: [] })
  const { payload, violations, dropped } = normalise(protocol, message, now)
  const valid = validate(protocol, { ...message, payload }, { forgive: isForgivable })
  return valid.ok ? ok({ payload: valid.value, violations, dropped }) : valid
}

function receiveStrictly(protocol: Protocol, message: Payload): Result<Received, ValidationFailure> {
  const valid = validate(protocol, message)
  if (!valid.ok) return valid
  if (cleanJson(valid.value) === valid.value) return ok({ payload: valid.value, violations: [], dropped: [] })
  const issue = { path: '', keyword: 'text', message: 'holds a NUL character or half a surrogate pair' }
  return fail({ code: 'PropertyConstraintViolation', description: `the payload ${issue.message}`, issues: [issue] })
}
