import { type Clock, milliseconds } from '@voltway/units'
import type { JsonObject } from '../json.ts'

export type CallOutcome =
  | { readonly ok: true; readonly response: JsonObject }
  | { readonly ok: false; readonly reason: 'offline' | 'expired' | 'refused' | 'lost'; readonly detail: string }

export interface CallRequest {
  readonly action: string
  /** Built when it is sent: a 1.6 meter value learns its transaction's number from an answer before it. */
  readonly payload: () => JsonObject
  /** Waits through an outage and goes out in order when the link returns. */
  readonly keep?: boolean
  /** Hears the answer before anything else is sent. */
  readonly learn?: (response: JsonObject) => void
  /** Goes before everything else, also while the station is not registered. */
  readonly first?: boolean
}

interface Waiting extends CallRequest {
  readonly settle: (outcome: CallOutcome) => void
  messageId: string
  attempts: number
}

export interface CallQueueOptions {
  readonly send: (messageId: string, action: string, payload: JsonObject) => void
  readonly newId: () => string
  readonly network: Clock
  readonly timeoutMs: number
  readonly hold: () => () => void
  /** An unanswered CALL most likely means a dead line. */
  readonly onTimeout: () => void
  readonly newIdOnRetry: boolean
}

/** A server that refuses a transaction's message so often will never take it. */
const MOST_ATTEMPTS = 3

export interface CallQueue {
  readonly push: (request: CallRequest) => Promise<CallOutcome>
  readonly answered: (messageId: string, outcome: CallOutcome) => void
  /** The line is there; `registered` lets more than `first` calls through. */
  readonly gate: (state: 'closed' | 'bootOnly' | 'open') => void
  /** Calls kept for later or in flight. */
  readonly length: () => number
}

/** One CALL in flight; the rest wait in order. */
export function createCallQueue(options: CallQueueOptions): CallQueue {
  const waiting: Waiting[] = []
  let state: 'closed' | 'bootOnly' | 'open' = 'closed'
  let flying: { readonly call: Waiting; readonly end: () => void } | undefined

  const pump = (): void => {
    if (flying || state === 'closed') return
    const index = state === 'open' ? 0 : waiting.findIndex(({ first }) => first)
    const call = waiting[index]
    if (!call) return
    waiting.splice(index, 1)
    call.attempts += 1
    if (call.messageId === '' || options.newIdOnRetry) call.messageId = options.newId()
    const release = options.hold()
    const cancel = options.network.after(milliseconds(options.timeoutMs), () => {
      land()
      if (call.keep) waiting.unshift(call)
      else call.settle({ ok: false, reason: 'expired', detail: `no answer to ${call.action}` })
      options.onTimeout()
      pump()
    })
    const land = (): void => {
      cancel()
      release()
      flying = undefined
    }
    flying = { call, end: land }
    options.send(call.messageId, call.action, call.payload())
  }
  const close = (): void => {
    if (flying) {
      waiting.unshift(flying.call)
      flying.end()
    }
    for (const call of waiting.splice(0)) {
      if (call.keep) waiting.push(call)
      else call.settle({ ok: false, reason: 'offline', detail: 'the link is down' })
    }
  }
  return {
    length: () => waiting.length + (flying ? 1 : 0),
    push: (request) =>
      new Promise((settle) => {
        if (state === 'closed' && !request.keep) return settle({ ok: false, reason: 'offline', detail: 'the link is down' })
        const call = { ...request, settle, messageId: '', attempts: 0 }
        if (request.first) waiting.unshift(call)
        else waiting.push(call)
        pump()
      }),
    answered: (messageId, outcome) => {
      if (flying?.call.messageId !== messageId) return
      const { call, end } = flying
      end()
      const again =
        !outcome.ok && (outcome.reason === 'lost' || (outcome.reason === 'refused' && call.keep && call.attempts < MOST_ATTEMPTS))
      if (again) waiting.unshift(call)
      else {
        if (outcome.ok) call.learn?.(outcome.response)
        call.settle(outcome)
      }
      pump()
    },
    gate: (next) => {
      state = next
      if (next === 'closed') close()
      else pump()
    },
  }
}
