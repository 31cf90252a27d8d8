import type { Clock, EpochMs } from '@voltway/units'
import { encodeCall, type OcppVersion, parseFrame } from '@voltway/wire/ocpp'
import { distort } from '../distort.ts'
import { objectOf } from '../json.ts'
import type { Quirks } from '../quirks.ts'
import { type CallOutcome, type CallRequest, createCallQueue } from './call-queue.ts'
import { type LinkState, openConnection } from './connection.ts'
import { type AnswerCall, serveCalls } from './serve-calls.ts'
import type { Connect } from './socket.ts'

/** One line of the live message log; `ok` is false for an error of either side. */
export interface LoggedMessage {
  readonly at: EpochMs
  readonly direction: 'in' | 'out'
  readonly action: string
  readonly text: string
  readonly ok: boolean
}

export interface OcppLinkOptions {
  readonly connect: Connect
  readonly url: string
  readonly identity: string
  readonly password: string | undefined
  readonly version: OcppVersion
  readonly network: Clock
  readonly clock: Clock & { readonly hold: () => () => void }
  readonly random: () => number
  readonly quirks: Quirks
  readonly backoff?: { readonly firstMs: number; readonly longestMs: number }
  readonly callTimeoutMs?: number
  /** Real seconds between pings; 0 is never. */
  readonly pingSeconds: () => number
  readonly answer: AnswerCall
  readonly onState: (state: LinkState, detail: string) => void
  readonly onMessage: (message: LoggedMessage) => void
}

export interface OcppLink {
  readonly state: () => LinkState
  readonly call: (request: CallRequest) => Promise<CallOutcome>
  /** After an accepted BootNotification everything may be sent. */
  readonly registered: () => void
  readonly up: () => void
  readonly down: (how: 'close' | 'cut') => void
  /** CALLs not yet acknowledged. */
  readonly backlog: () => number
}

const LARGEST_FRAME = 1_000_000

/** An OCPP-J link: frames, one CALL in flight per direction, an outbox that survives outages. */
export function openOcppLink(options: OcppLinkOptions): OcppLink {
  const { quirks, clock, version } = options
  const actions = new Map<string, string>()
  let [sent, answers] = [0, 0]

  const log = (direction: 'in' | 'out', action: string, text: string, ok = true): void =>
    options.onMessage({ at: clock.now(), direction, action, text, ok })
  const send = (action: string, text: string, ok = true): void => {
    log('out', action, text, ok)
    connection.send(text)
    if (quirks.duplicateFrames) connection.send(text)
  }
  const queue = createCallQueue({
    send: (messageId, action, payload) => {
      sent += 1
      actions.set(messageId, action)
      const text = encodeCall(messageId, action, distort(quirks, action, payload))
      if (quirks.breakEveryNthFrame && sent % quirks.breakEveryNthFrame === 0) connection.send(text.replace(/:([^:]*)$/, ':,$1'))
      send(action, text)
    },
    newId: () =>
      Array.from({ length: 4 }, () =>
        Math.floor(options.random() * 0x1_0000_0000)
          .toString(16)
          .padStart(8, '0'),
      ).join('-'),
    network: options.network,
    timeoutMs: options.callTimeoutMs ?? 30_000,
    hold: clock.hold,
    onTimeout: () => connection.reconnect(),
    newIdOnRetry: quirks.newIdOnRetry ?? false,
  })
  const settle = (messageId: string, outcome: CallOutcome): void => {
    answers += 1
    const lost = quirks.loseEveryNthAnswer !== undefined && answers % quirks.loseEveryNthAnswer === 0
    if (!lost) actions.delete(messageId)
    queue.answered(messageId, lost ? { ok: false, reason: 'lost', detail: 'the answer was lost' } : outcome)
  }
  const serve = serveCalls({ version, quirks, answer: options.answer, reply: send })
  const read = (text: string): void => {
    const frame = parseFrame(text, LARGEST_FRAME)
    if (!frame.ok) {
      log('in', '?', text, false)
      return
    }
    const { value } = frame
    if (value.type === 'call') {
      log('in', value.action, text)
      serve(value.messageId, value.action, objectOf(value.payload))
      return
    }
    log('in', actions.get(value.messageId) ?? '?', text, value.type === 'callResult')
    settle(
      value.messageId,
      value.type === 'callResult'
        ? { ok: true, response: objectOf(value.payload) }
        : { ok: false, reason: 'refused', detail: `${value.reportedCode} ${value.description}`.trim() },
    )
  }
  const connection = openConnection({
    connect: options.connect,
    url: options.url,
    identity: options.identity,
    subprotocol: quirks.noSubprotocol ? undefined : version,
    authorization: basicAuthorization(options),
    pingSeconds: options.pingSeconds,
    network: options.network,
    random: options.random,
    backoff: options.backoff ?? { firstMs: 1_000, longestMs: 60_000 },
    onText: read,
    onState: (state, detail) => {
      queue.gate(state === 'connected' ? 'bootOnly' : 'closed')
      options.onState(state, detail)
    },
  })
  return {
    state: connection.state,
    call: queue.push,
    registered: () => queue.gate('open'),
    up: connection.up,
    down: connection.down,
    backlog: queue.length,
  }
}

function basicAuthorization({ identity, password, quirks }: OcppLinkOptions): string | undefined {
  if (password === undefined) return undefined
  const secret = quirks.hexPassword ? Buffer.from(password).toString('hex') : password
  return `Basic ${Buffer.from(`${identity}:${secret}`).toString('base64')}`
}
