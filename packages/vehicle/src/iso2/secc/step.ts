import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { deviated } from '../../machine/deviated.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { Input, Step } from '../../machine/machine.ts'
import type { StationTold, StationWord } from '../../machine/station-words.ts'
import { limitOf, stopTimeout, TIMEOUTS } from '../../machine/timeouts.ts'
import { unproven } from '../../machine/unproven.ts'
import { isWaitingTimer, waitingAfter, waitingTimers } from '../../machine/waiting.ts'
import { type MessageName, type RequestBody, type Requests, type ResponseBody, type ResponseCode, sameBytes } from '../message.ts'
import type { Answer, Change, SeccOutputs } from './answer.ts'
import { ending } from './ending.ts'
import { HANDLERS } from './messages/index.ts'
import { REFUSALS } from './refusals.ts'
import type { Incoming, SeccSession, Turn } from './state.ts'
import { SECC_TABLE, seccEventOf } from './table.ts'
import { tolerated } from './tolerated.ts'
import { heard } from './view.ts'
import { waitedFor } from './waited-for.ts'

type Stepped = Step<SeccSession, StationTold>

const tell = (told: readonly StationTold[] = []): SeccOutputs => told.map((one) => ({ kind: 'tell', told: one }))

const changed = (session: SeccSession, { facts, station, sessionId }: Change): SeccSession => ({
  ...session,
  sessionId: sessionId ?? session.sessionId,
  facts: { ...session.facts, ...facts },
  station: { ...session.station, ...station },
})

/** Ends with the response that says no, in the type that answers this request. */
const refuse = (session: SeccSession, incoming: Incoming, no: { readonly code: ResponseCode; readonly end: EndReason }): Stepped => {
  const written = session.dialect.write({ sessionId: session.sessionId, body: refusalOf(session, incoming.body.message, no.code) })
  if (!written.ok) return ending(session, { code: 'unwritable', detail: written.failure.detail })
  return ending(session, no.end, [{ kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: written.value }])
}

const refusalOf = <Name extends MessageName>(session: SeccSession, message: Name, code: ResponseCode) => {
  const value = REFUSALS[message](code, session)
  return { kind: 'response', ...({ message, value } as ResponseBody) } as const
}

/** What goes out with an answer, and the wait for the next request. */
const sent = (session: SeccSession, message: MessageName, exi: Uint8Array): SeccOutputs => [
  { kind: 'cancelTimer', timer: 'V2G_SECC_Msg_Performance_Time' },
  { kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: exi },
  {
    kind: 'startTimer',
    timer: 'V2G_SECC_Sequence_Timeout',
    milliseconds: limitOf(TIMEOUTS[session.dialect.name].V2G_SECC_Sequence_Timeout, message),
  },
]

/** What a car is kept waiting for after an answer; or the refusal, where the time for that is over. */
const keptWaiting = (turn: Turn, session: SeccSession, response: ResponseBody['value'] | undefined) => {
  const timer = response && waitedFor(turn.incoming.body, response)
  if (timer !== undefined && session.waiting?.timer === timer && session.waiting.over) return { timer, over: true } as const
  const waiting = waitingAfter(session.waiting, timer)
  return { waiting, timers: waitingTimers(session.waiting, waiting, TIMEOUTS[session.dialect.name]), over: false } as const
}

/** Carries out what a handler answered. */
const carryOut = <Name extends MessageName>(turn: Turn, message: Name, answer: Answer<Name>): Stepped => {
  const session = changed(turn.session, answer)
  const told = tell(answer.told)
  const refused = (code: ResponseCode, end: EndReason): Stepped => {
    const { state, outputs } = refuse(session, turn.incoming, { code, end })
    return { state, outputs: [...told, ...outputs] }
  }
  if (answer.kind === 'fail') {
    const { code, detail } = answer
    return refused(code, { code: 'refusing', responseCode: code, ...(detail === undefined ? {} : { detail }) })
  }
  if (answer.kind === 'hold') {
    if (!turn.fresh) return { state: { ...session, held: turn.incoming }, outputs: told }
    const milliseconds = limitOf(TIMEOUTS[session.dialect.name].V2G_SECC_Msg_Performance_Time, message)
    const timer = { kind: 'startTimer', timer: 'V2G_SECC_Msg_Performance_Time', milliseconds } as const
    return { state: { ...session, held: turn.incoming }, outputs: [...told, timer] }
  }
  const kept = keptWaiting(turn, session, answer.kind === 'respond' ? answer.response : undefined)
  if (kept.over) return refused('FAILED', { code: 'notReady', timer: kept.timer, responseCode: 'FAILED' })
  const body = answer.kind === 'respond' ? ({ message, value: answer.response } as ResponseBody) : undefined
  const written =
    answer.kind === 'pass'
      ? ({ ok: true, value: answer.exi } as const)
      : body &&
        session.dialect.write({
          sessionId: session.sessionId,
          body: { kind: 'response', ...body },
          ...(answer.kind === 'respond' && answer.signature && { signature: answer.signature }),
        })
  if (written === undefined || !written.ok)
    return ending(session, { code: 'unwritable', ...(written === undefined ? {} : { detail: written.failure.detail }) }, told)
  const outputs = [...told, ...kept.timers, ...sent(session, message, written.value)]
  if (answer.end !== undefined) return ending(session, answer.end, outputs.slice(0, -1))
  return { state: { ...session, name: answer.next, held: undefined, waiting: kept.waiting }, outputs }
}

const handled = <Name extends MessageName>(turn: Turn, body: RequestBody & { readonly message: Name }): Stepped => {
  const handler = HANDLERS[body.message as Name]
  return carryOut(turn, body.message as Name, handler(turn, body.value as Requests[Name]))
}

/** What is wrong with a request before it is looked into. */
const objection = (session: SeccSession, { body, sessionId }: Incoming): ResponseCode | undefined => {
  const { dialect, options, facts } = session
  if (!dialect.messages.has(body.message) || SECC_TABLE[session.name][seccEventOf(body)].length === 0) return 'FAILED_SequenceError'
  const isSetup = body.message === 'SessionSetup'
  if (!isSetup && options.policy.wrongSessionId === 'refuse' && !sameBytes(sessionId, session.sessionId)) return 'FAILED_UnknownSession'
  const inLoop = body.message === 'ChargingStatus' || body.message === 'CurrentDemand'
  if (inLoop && facts.receiptDue !== undefined && options.policy.missingReceipt === 'stop') return 'FAILED_SequenceError'
  return undefined
}

const onFrame = (session: SeccSession, { payloadType, payload, at }: Input<StationWord> & { kind: 'frame' }): Stepped => {
  if (payloadType !== PAYLOAD_TYPE.exi) return ending(session, { code: 'payloadType', detail: `0x${payloadType.toString(16)}` })
  const message = session.dialect.read(payload)
  if (!message.ok) return ending(session, { code: 'undecodable', detail: message.failure.detail })
  const { sessionId, signature, body } = message.value
  if (body.kind === 'response') return ending(session, { code: 'sequence', detail: `${body.message}Res from a car` })
  const incoming: Incoming = { sessionId, body, raw: payload, ...(signature === undefined ? {} : { signature }) }
  if (session.held !== undefined) {
    const end = { code: 'sequence', detail: `${body.message}Req before ${session.held.body.message}Res` } as const
    return refuse(session, incoming, { code: 'FAILED_SequenceError', end })
  }
  const code = objection(session, incoming)
  if (code !== undefined) {
    const end = {
      code: code === 'FAILED_UnknownSession' ? 'unknownSession' : 'sequence',
      responseCode: code,
      detail: `${body.message}Req in ${session.name}`,
    } as const
    return refuse(session, incoming, { code, end })
  }
  const { emergency } = session.station
  if (emergency !== undefined) return refuse(session, incoming, { code: 'FAILED', end: { code: 'emergency', detail: emergency } })
  const { state, outputs } = handled({ session, incoming, at, fresh: true, late: false }, body)
  const waited = body.message === 'SessionSetup' ? 'V2G_SECC_CommunicationSetup_Performance_Time' : 'V2G_SECC_Sequence_Timeout'
  const found = [...tolerated(session, message.value), ...unproven(`${body.message}Req`, outputs)]
  return { state, outputs: [...deviated(found), { kind: 'cancelTimer', timer: waited }, ...outputs] }
}

const onEmergency = (session: SeccSession, cause: string): Stepped => {
  const end = { code: 'emergency', detail: cause } as const
  if (session.held !== undefined) return refuse(session, session.held, { code: 'FAILED', end })
  if (session.name === 'sessionSetup') return ending(session, end)
  return {
    state: { ...session, facts: { ...session.facts, output: false, closing: false } },
    outputs: [
      { kind: 'tell', told: { told: 'openContactor', urgent: true } },
      { kind: 'startTimer', timer: 'V2G_SECC_Sequence_Timeout', milliseconds: 2_000 },
    ],
  }
}

const onWord = (session: SeccSession, word: StationWord, at: Turn['at']): Stepped => {
  if (session.station.emergency !== undefined) return { state: session, outputs: [] }
  const next = { ...session, station: heard(session.station, word) }
  if (word.word === 'emergency') return onEmergency(next, word.cause)
  const deadline = word.word === 'stop' && session.station.wish?.notification !== 'StopCharging' ? stopDeadline(next) : []
  const { held } = next
  if (held !== undefined) {
    const { state, outputs } = handled({ session: next, incoming: held, at, fresh: false, late: false }, held.body)
    return { state, outputs: state.ended === undefined ? [...deadline, ...outputs] : outputs }
  }
  // A contactor that opens by itself while energy may flow: the station cannot deliver what it promised.
  if (word.word === 'contactor' && !word.closed && next.facts.closing)
    return onEmergency({ ...next, station: { ...next.station, emergency: 'contactor' } }, 'the contactor opened by itself')
  return { state: next, outputs: deadline }
}

/** When a car that was asked to stop is cut off. */
const stopDeadline = ({ station }: SeccSession): SeccOutputs => [
  { kind: 'startTimer', timer: 'Voltway_SECC_Stop', milliseconds: stopTimeout(station.wish?.within ?? 0) },
]

/** A car that draws on is cut off; one that draws nothing is looked at again, since it could begin. */
const onStopDeadline = (session: SeccSession): Stepped => {
  if (session.station.wish?.notification !== 'StopCharging') return { state: session, outputs: [] }
  if (session.facts.output) return ending(session, { code: 'stopIgnored', timer: 'Voltway_SECC_Stop' })
  return { state: session, outputs: stopDeadline(session) }
}

/** What is said when the station did not answer in time. */
const LATE: Readonly<Partial<Record<MessageName, ResponseCode>>> = {
  PowerDelivery: 'FAILED_ContactorError',
  CertificateInstallation: 'FAILED_NoCertificateAvailable',
  CertificateUpdate: 'FAILED_NoCertificateAvailable',
}

const onTimer = (session: SeccSession, { timer, at }: Input<StationWord> & { kind: 'timer' }): Stepped => {
  const { emergency } = session.station
  // The next answer says so, unless what was waited for has come by then.
  if (isWaitingTimer(timer))
    return { state: session.waiting?.timer === timer ? { ...session, waiting: { timer, over: true } } : session, outputs: [] }
  if (emergency !== undefined) return ending(session, { code: 'emergency', detail: emergency })
  if (timer === 'Voltway_SECC_Stop') return onStopDeadline(session)
  const { held } = session
  if (held === undefined) return ending(session, { code: 'timeout', timer })
  const answered = handled({ session, incoming: held, at, fresh: false, late: true }, held.body)
  if (answered.state.held === undefined) return answered
  const code = LATE[held.body.message] ?? 'FAILED'
  return refuse(session, held, { code, end: { code: 'notReady', timer, responseCode: code } })
}

/** The station's end of a session of DIN 70121 or ISO 15118-2. */
export const seccStep = (session: SeccSession, input: Input<StationWord>): Stepped => {
  if (session.ended !== undefined) return { state: session, outputs: [] }
  switch (input.kind) {
    case 'frame':
      return onFrame(session, input)
    case 'word':
      return onWord(session, input.word, input.at)
    case 'timer':
      return onTimer(session, input)
    case 'linkEnded':
      return ending(session, { code: 'linkLost' })
  }
}
