import { type EpochMs, epochMs, seconds } from '@voltway/units'
import type { xmldsig } from '@voltway/wire/iso15118'
import type { AppProtocol } from '../../machine/app-protocol.ts'
import { deviated } from '../../machine/deviated.ts'
import { type Deviation, facetsOf, wrongSession } from '../../machine/deviation.ts'
import { type EndReason, isGoodEnd } from '../../machine/end-reason.ts'
import type { Input, Output, Step } from '../../machine/machine.ts'
import type { SeccOptions } from '../../machine/options.ts'
import type { StationTold, StationWord } from '../../machine/station-words.ts'
import { loopLimitOf, stopTimeout, TIMEOUTS, type TimerName } from '../../machine/timeouts.ts'
import { unproven } from '../../machine/unproven.ts'
import { isWaitingTimer, type WaitingTimer, waitingAfter, waitingTimers } from '../../machine/waiting.ts'
import { payloadTypeOf, readMessage, writeMessage } from '../codec.ts'
import { type FailedCode, NO_SESSION, type ResponseBody, sameBytes } from '../message.ts'
import { unixSeconds } from '../schedules.ts'
import { without } from '../without.ts'
import type { Answer } from './answer.ts'
import { answerTo } from './handlers.ts'
import { REFUSALS } from './refusals.ts'
import type { Incoming, SeccSession, Turn } from './state.ts'
import { heard, initialView } from './station-view.ts'
import { SECC_TABLE, seccEventOf } from './table.ts'
import { waitedFor } from './waited-for.ts'

type SeccStep = Step<SeccSession, StationTold>
type Outputs = readonly Output<StationTold>[]

const TIMES = TIMEOUTS['iso15118-20']

const tell = (told: StationTold): Output<StationTold> => ({ kind: 'tell', told })
const cancel = (timer: TimerName): Output<StationTold> => ({ kind: 'cancelTimer', timer })

/** The end. Whatever went wrong, the output is off before anything else is said. */
const end = (session: SeccSession, reason: EndReason, before: Outputs = []): SeccStep => {
  const { held: _, ...rest } = session
  const off = !isGoodEnd(reason) || session.facts.output ? [tell({ told: 'openContactor', urgent: !isGoodEnd(reason) })] : []
  return {
    state: { ...rest, name: 'ended', ended: reason, facts: { ...session.facts, output: false } },
    outputs: [...off, ...before, tell({ told: 'ended', reason }), { kind: 'endLink', reason }],
  }
}

type Written = ResponseBody & { readonly signature?: xmldsig.SignatureType | undefined }

const written = (session: SeccSession, incoming: Incoming, at: EpochMs, { signature, ...body }: Written) =>
  writeMessage({
    stream: incoming.stream,
    sessionId: session.sessionId,
    timeStamp: unixSeconds(at),
    body: { kind: 'response', ...body },
    ...(signature === undefined ? {} : { signature }),
  })

/** The response that says no, in the type that answers this request; then the end. */
const refuse = (
  session: SeccSession,
  turn: Turn,
  refusal: { readonly code: FailedCode; readonly detail?: string; readonly end?: EndReason },
): SeccStep => {
  const { incoming, at } = turn
  const { message } = incoming.body
  const reason: EndReason = refusal.end ?? {
    code: refusal.code === 'FAILED_SequenceError' ? 'sequence' : refusal.code === 'FAILED_UnknownSession' ? 'unknownSession' : 'refusing',
    responseCode: refusal.code,
    detail: refusal.detail ?? message,
  }
  const value = REFUSALS[message](refusal.code, session)
  const frame = written(session, incoming, at, { message, value } as ResponseBody)
  return end(session, reason, frame.ok ? [{ kind: 'send', ...frame.value }] : [])
}

const changed = (session: SeccSession, { facts, station, forget = [], session: identity }: Answer<'SessionStop'>): SeccSession => {
  const view = without({ ...session.station, ...station }, forget)
  const { held: _, ...rest } = session
  return { ...rest, ...identity, facts: { ...session.facts, ...facts }, station: view }
}

const answered = (session: SeccSession, turn: Turn, answer: Extract<Answer<'SessionStop'>, { kind: 'respond' | 'pass' }>): SeccStep => {
  const { incoming, at, call } = turn
  const { message } = incoming.body
  const timer = answer.kind === 'respond' && incoming.stream === 'main' ? waitedFor(incoming.body, answer.response) : undefined
  if (timer !== undefined && session.waiting?.timer === timer && session.waiting.over)
    return refuse(session, turn, { code: 'FAILED', end: { code: 'notReady', timer, responseCode: 'FAILED' } })
  const frame =
    answer.kind === 'pass'
      ? ({ ok: true, value: { payloadType: payloadTypeOf(incoming.stream, message), payload: answer.exi } } as const)
      : written(session, incoming, at, { message, value: answer.response, signature: answer.signature } as Written)
  if (!frame.ok) return end(session, { code: 'unwritable', detail: frame.failure.detail })
  const tells = (answer.told ?? []).map(tell)
  const send: Output<StationTold> = { kind: 'send', ...frame.value }
  const over = call === 'fresh' ? [] : [cancel('V2G_SECC_Msg_Performance_Time')]
  if (answer.end !== undefined) return end(session, answer.end, [...tells, send])
  if (incoming.stream !== 'main') return { state: session, outputs: [...tells, send] }
  const setUp = message === 'SessionSetup' ? [cancel('V2G_SECC_CommunicationSetup_Performance_Time')] : []
  const milliseconds = loopLimitOf(TIMES.V2G_SECC_Sequence_Timeout, message, session.options.policy.loopPatience)
  const { waiting: before, ...rest } = session
  const waiting = waitingAfter(before, timer)
  const kept = waitingTimers(before, waiting, TIMES)
  return {
    state: { ...rest, name: answer.next, ...(waiting === undefined ? {} : { waiting }) },
    outputs: [...over, ...setUp, ...kept, ...tells, send, { kind: 'startTimer', timer: 'V2G_SECC_Sequence_Timeout', milliseconds }],
  }
}

const take = (session: SeccSession, turn: Turn): SeccStep => {
  const answer = answerTo(turn)
  const next = changed(session, answer)
  const tells = (answer.told ?? []).map(tell)
  if (answer.kind === 'respond' || answer.kind === 'pass') return answered(next, turn, answer)
  if (answer.kind === 'fail') {
    const refused = refuse(next, turn, answer)
    return { ...refused, outputs: [...tells, ...refused.outputs] }
  }
  const timer = 'V2G_SECC_Msg_Performance_Time'
  if (turn.call === 'late') return refuse(next, turn, { code: 'FAILED', end: { code: 'timeout', timer, responseCode: 'FAILED' } })
  const milliseconds = loopLimitOf(TIMES[timer], turn.incoming.body.message, session.options.policy.loopPatience)
  const wait: Outputs = turn.call === 'fresh' ? [{ kind: 'startTimer', timer, milliseconds }] : []
  return { state: { ...next, held: turn.incoming }, outputs: [...tells, ...wait] }
}

const onFrame = (session: SeccSession, { at, payloadType, payload }: Input<StationWord> & { kind: 'frame' }): SeccStep => {
  const read = readMessage(payloadType, payload)
  if (!read.ok) return end(session, read.failure)
  const { body, stream, sessionId, signature } = read.value
  if (body.kind === 'response') return end(session, { code: 'sequence', detail: `${body.message}Res` })
  const incoming: Incoming = { stream, body, sessionId, raw: payload, ...(signature === undefined ? {} : { signature }) }
  const turn: Turn = { session, incoming, at, call: 'fresh' }
  const foreign = session.name !== 'sessionSetup' && !sameBytes(sessionId, session.sessionId)
  if (foreign && session.options.policy.wrongSessionId === 'refuse') return refuse(session, turn, { code: 'FAILED_UnknownSession' })
  const untimely = stream === 'main' && session.held !== undefined
  if (untimely || SECC_TABLE[session.name][seccEventOf(body, stream)].length === 0)
    return refuse(session, turn, { code: 'FAILED_SequenceError', detail: `${seccEventOf(body, stream)} in ${session.name}` })
  const { state, outputs } = take(session, turn)
  const message = `${body.message}Req`
  const found = deviated([
    ...facetsOf(message, read.value.deviations),
    ...(foreign ? [wrongSession(message)] : []),
    ...unproven(message, outputs),
  ])
  if (stream === 'main') return { state, outputs: [...found, cancel('V2G_SECC_Sequence_Timeout'), ...outputs] }
  // What is held on the main stream waits on.
  return { state: session.held === undefined || state.ended ? state : { ...state, held: session.held }, outputs: [...found, ...outputs] }
}

const emergency = (session: SeccSession, at: EpochMs, detail: string): SeccStep => {
  const reason: EndReason = { code: 'emergency', detail }
  if (session.held === undefined) return end(session, reason)
  return refuse(session, { session, incoming: session.held, at, call: 'late' }, { code: 'FAILED', end: reason })
}

const isAskedToStop = ({ station }: SeccSession): boolean => station.wish?.notification === 'Terminate'

/** When a car that was asked to stop is cut off. */
const stopDeadline = ({ station }: SeccSession): Outputs => [
  { kind: 'startTimer', timer: 'Voltway_SECC_Stop', milliseconds: stopTimeout(station.wish?.within ?? 0) },
]

const NOT_CONFIRMED: Deviation = { code: 'missingReceipt', message: 'MeteringConfirmationReq', what: 'did not come for the last reading' }

const onWord = (session: SeccSession, at: EpochMs, word: StationWord): SeccStep => {
  if (word.word === 'emergency') return emergency(session, at, word.cause)
  if (word.word === 'residualCurrent' && word.tripped) return emergency(session, at, 'residual current')
  const owes = word.word === 'receiptWanted' && session.facts.confirmationDue
  const missed = owes && session.options.policy.missingReceipt === 'stop'
  const next = { ...session, station: heard(session.station, missed ? { word: 'stop', within: seconds(0) } : word) }
  const deadline = isAskedToStop(next) && !isAskedToStop(session) ? stopDeadline(next) : []
  const found = deviated(owes && !missed ? [NOT_CONFIRMED] : [])
  if (session.held !== undefined) {
    const { state, outputs } = take(next, { session: next, incoming: session.held, at, call: 'again' })
    return { state, outputs: [...found, ...(state.ended === undefined ? deadline : []), ...outputs] }
  }
  // A contactor that opens by itself: the next request is answered with it, the output stage is switched off now.
  const fell = word.word === 'contactor' && !word.closed && session.facts.output
  return { state: next, outputs: [...found, ...deadline, ...(fell ? [tell({ told: 'openContactor', urgent: true })] : [])] }
}

/** A car that draws on is cut off; one that draws nothing is looked at again, since it could begin. */
const onStopDeadline = (session: SeccSession): SeccStep => {
  if (!isAskedToStop(session)) return { state: session, outputs: [] }
  if (session.facts.output) return end(session, { code: 'stopIgnored', timer: 'Voltway_SECC_Stop' })
  return { state: session, outputs: stopDeadline(session) }
}

/** The next answer says FAILED, unless what was waited for has come by then. */
const overdue = (session: SeccSession, timer: WaitingTimer): SeccSession =>
  session.waiting?.timer === timer ? { ...session, waiting: { timer, over: true } } : session

export const seccStep = (session: SeccSession, input: Input<StationWord>): SeccStep => {
  if (session.ended !== undefined) return { state: session, outputs: [] }
  switch (input.kind) {
    case 'frame':
      return onFrame(session, input)
    case 'linkEnded':
      return end(session, { code: 'linkLost' })
    case 'word':
      return onWord(session, input.at, input.word)
    case 'timer':
      if (input.timer === 'Voltway_SECC_Stop') return onStopDeadline(session)
      if (isWaitingTimer(input.timer)) return { state: overdue(session, input.timer), outputs: [] }
      if (input.timer !== 'V2G_SECC_Msg_Performance_Time') return end(session, { code: 'timeout', timer: input.timer })
      if (session.held === undefined) return { state: session, outputs: [] }
      return take(session, { session, incoming: session.held, at: input.at, call: 'late' })
  }
}

/** After SupportedAppProtocol, whose timer runs on until SessionSetupRes. */
export const seccBegin = (options: SeccOptions, chosen: AppProtocol): SeccStep => ({
  state: {
    name: 'sessionSetup',
    ended: undefined,
    chosen,
    options,
    sessionId: NO_SESSION,
    facts: {
      authorisationAsked: false,
      scheduleAsked: false,
      cableCheckAsked: false,
      offered: [],
      offeredAt: epochMs(0),
      confirmationDue: false,
      output: false,
    },
    station: initialView(options),
  },
  outputs: [],
})
