import { encodeCallError, encodeCallResult, type OcppVersion } from '@voltway/wire/ocpp'
import type { JsonObject } from '../json.ts'
import type { Quirks } from '../quirks.ts'

/** The answer to a CALL of the server; undefined refuses it as not implemented. */
export type AnswerCall = (action: string, payload: JsonObject) => Promise<object | undefined>

export interface ServingOptions {
  readonly version: OcppVersion
  readonly quirks: Quirks
  readonly answer: AnswerCall
  readonly reply: (action: string, text: string, ok: boolean) => void
}

/** Answers the server's CALLs one after the other, as they came. */
export function serveCalls({
  version,
  quirks,
  answer,
  reply,
}: ServingOptions): (messageId: string, action: string, payload: JsonObject) => void {
  const refuse = (messageId: string, action: string, [code, description]: readonly ['NotImplemented' | 'InternalError', string]): void => {
    const text = encodeCallError(version, { messageId, code, description })
    reply(action, quirks.ownErrorCodes ? text.replace(/"(NotImplemented|InternalError)"/, '"SomethingWentWrong"') : text, false)
  }
  const serve = async (messageId: string, action: string, payload: JsonObject): Promise<void> => {
    if (quirks.deaf) return
    if (quirks.ignores?.includes(action)) return reply(action, encodeCallResult(messageId, { status: 'Accepted' }), true)
    try {
      const response = await answer(action, payload)
      if (response) reply(action, encodeCallResult(messageId, response), true)
      else refuse(messageId, action, ['NotImplemented', action])
    } catch (error) {
      refuse(messageId, action, ['InternalError', error instanceof Error ? error.message : String(error)])
    }
  }
  let serving: Promise<void> = Promise.resolve()
  return (messageId, action, payload) => {
    serving = serving.then(() => serve(messageId, action, payload))
  }
}
