import { fail, ok, type Result } from '@voltway/units'
import { readErrorCode } from './error-code.ts'
import type { Frame, FrameFailure } from './frame.ts'
import { type JsonFailure, parseJson } from './parse-json.ts'
import { MAX_MESSAGE_ID, salvageMessageId } from './salvage-message-id.ts'

const [CALL, CALL_RESULT, CALL_ERROR] = [2, 3, 4]
const MAX_ACTION = 64
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Which share of `JsonFailure` is the sender's syntax, and which our own caution. */
const JSON_FAILURE: Readonly<Record<JsonFailure, Pick<FrameFailure, 'code' | 'description'>>> = {
  invalid: { code: 'RpcFrameworkError', description: 'The frame is not JSON' },
  tooDeep: { code: 'FormatViolation', description: 'The frame is nested too deeply' },
  forbiddenKey: { code: 'FormatViolation', description: 'The frame has a key that is not allowed' },
  duplicateKey: { code: 'FormatViolation', description: 'The frame has the same key twice in one object' },
}

/**
 * Reads one OCPP-J frame (specification section 4); never throws.
 * @param maxLength of the frame, in bytes when it comes as bytes, else in UTF-16 units
 */
export function parseFrame(frame: string | Uint8Array, maxLength: number): Result<Frame, FrameFailure> {
  if (frame.length > maxLength)
    return fail({ ...unidentified('FormatViolation', `The frame is longer than ${maxLength}`), answerable: false })
  let text: string
  try {
    text = typeof frame === 'string' ? frame : utf8.decode(frame)
  } catch {
    return fail(unidentified('RpcFrameworkError', 'The frame is not UTF-8'))
  }
  const json = parseJson(text)
  if (!json.ok) return fail({ ...JSON_FAILURE[json.failure], ...salvageMessageId(text) })
  if (!Array.isArray(json.value)) return fail(unidentified('RpcFrameworkError', 'The frame is not an array'))
  const parts: readonly unknown[] = json.value
  return typeof parts[0] === 'number' ? readParts(parts, text) : fail(unidentified('RpcFrameworkError', 'The frame names no message type'))
}

function readParts(parts: readonly unknown[], text: string): Result<Frame, FrameFailure> {
  const [type, , third] = parts
  const messageId = messageIdOf(parts[1])
  const refuse = (code: FrameFailure['code'], description: string) => fail({ code, description, ...salvageMessageId(text) })
  if (messageId === undefined) return refuse('RpcFrameworkError', `The message id is not a string of 1 to ${MAX_MESSAGE_ID} characters`)
  switch (type) {
    case CALL:
      if (typeof third !== 'string' || third === '' || third.length > MAX_ACTION)
        return refuse('FormatViolation', 'The call names no action')
      if (parts.length > 4) return refuse('FormatViolation', 'The call has more than four parts')
      return ok({ type: 'call', messageId, action: third, payload: parts[3] })
    case CALL_RESULT:
      return ok({ type: 'callResult', messageId, payload: third })
    case CALL_ERROR:
      return ok(callError(messageId, parts))
    default: // 5 and 6 are CALLRESULTERROR and SEND of OCPP 2.1
      return refuse('MessageTypeNotSupported', `Message type ${String(type)} is not supported`)
  }
}

function callError(messageId: string, [, , code, description, details]: readonly unknown[]): Frame {
  const reportedCode = typeof code === 'string' ? code : 'GenericError'
  return {
    type: 'callError',
    messageId,
    code: readErrorCode(reportedCode),
    reportedCode,
    description: typeof description === 'string' ? description : '',
    details: details ?? {},
  }
}

/** Some stations count their messages with numbers instead of strings. */
function messageIdOf(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && text.length > 0 && text.length <= MAX_MESSAGE_ID ? text : undefined
}

const unidentified = (code: FrameFailure['code'], description: string): FrameFailure => ({
  code,
  description,
  messageId: '-1',
  answerable: true,
})
