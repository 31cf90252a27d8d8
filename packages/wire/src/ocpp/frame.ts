import type { ErrorCode } from './error-code.ts'

/** A request of either side. */
export interface Call {
  readonly type: 'call'
  readonly messageId: string
  readonly action: string
  /** Not yet validated; undefined when the frame ended before it. */
  readonly payload: unknown
}

export interface CallResult {
  readonly type: 'callResult'
  readonly messageId: string
  readonly payload: unknown
}

export interface CallError {
  readonly type: 'callError'
  readonly messageId: string
  readonly code: ErrorCode
  /** The code as it was sent; stations misspell and invent them. */
  readonly reportedCode: string
  readonly description: string
  readonly details: unknown
}

export type Frame = Call | CallResult | CallError

export interface FrameFailure {
  readonly code: ErrorCode
  /** The id that the CALLERROR carries: the frame's own where it could be found, else "-1". */
  readonly messageId: string
  readonly description: string
  /** False when the frame was an answer: OCPP-J gives no way to refuse one. */
  readonly answerable: boolean
}
