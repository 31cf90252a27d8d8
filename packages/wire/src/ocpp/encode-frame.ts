import { type ErrorCode, wireErrorCode } from './error-code.ts'
import type { OcppVersion } from './version.ts'

const MAX_DESCRIPTION = 255

export interface CallErrorParts {
  readonly messageId: string
  readonly code: ErrorCode
  /** Cut to 255 characters. */
  readonly description?: string
  readonly details?: object
}

/** @throws TypeError when a payload is cyclic or holds a bigint, which no validated payload does */
export const encodeCall = (messageId: string, action: string, payload: object) => JSON.stringify([2, messageId, action, payload])

export const encodeCallResult = (messageId: string, payload: object) => JSON.stringify([3, messageId, payload])

/** Each version gets its own spelling of the error code. */
export const encodeCallError = (version: OcppVersion, { messageId, code, description = '', details = {} }: CallErrorParts) =>
  JSON.stringify([4, messageId, wireErrorCode(version, code), description.slice(0, MAX_DESCRIPTION).toWellFormed(), details])
