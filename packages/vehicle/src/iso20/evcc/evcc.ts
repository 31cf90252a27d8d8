import { type EpochMs, epochMs } from '@voltway/units'
import type { AppProtocol } from '../../machine/app-protocol.ts'
import type { CarTold, CarWord } from '../../machine/car-words.ts'
import { deviated } from '../../machine/deviated.ts'
import { type EndReason, isGoodEnd } from '../../machine/end-reason.ts'
import type { Input, Output, Step } from '../../machine/machine.ts'
import type { EvccOptions } from '../../machine/options.ts'
import { limitOf, loopLimitOf, TIMEOUTS, type TimerName } from '../../machine/timeouts.ts'
import { unbelieved } from '../../machine/unbelieved.ts'
import { readMessage, writeMessage } from '../codec.ts'
import { isFailed, type Message, NO_SESSION, type Stream, sameBytes } from '../message.ts'
import { unixSeconds } from '../schedules.ts'
import { without } from '../without.ts'
import type { Answer } from './answer.ts'
import { heard } from './car-view.ts'
import { due, leavingFrom } from './due.ts'
import { answerTo } from './handlers.ts'
import { scheduleRequest } from './parameter-requests.ts'
import { type Composed, confirmationOf, proposedBy, requestOf, statusDue } from './requests.ts'
import type { EvccSession } from './state.ts'
import { EVCC_TABLE, type EvccStateName, evccEventOf } from './table.ts'
import { tolerated } from './tolerated.ts'

type EvccStep = Step<EvccSession, CarTold>
type Outputs = readonly Output<CarTold>[]

const TIMES = TIMEOUTS['iso15118-20']

const tell = (told: CarTold): Output<CarTold> => ({ kind: 'tell', told })
const cancel = (timer: TimerName): Output<CarTold> => ({ kind: 'cancelTimer', timer })
const start = (timer: TimerName, milliseconds: number): Output<CarTold> => ({ kind: 'startTimer', timer, milliseconds })

/** The end. Whatever went wrong, the contactor is open before anything else is said. */
const end = (session: EvccSession, reason: EndReason, before: Outputs = []): EvccStep => {
  const open = !isGoodEnd(reason) || session.facts.connected ? [tell({ told: 'openContactor', urgent: !isGoodEnd(reason) })] : []
  return {
    state: { ...without(session, ['aside']), name: 'ended', ended: reason, awaiting: false, facts: { ...session.facts, connected: false } },
    outputs: [...open, ...before, tell({ told: 'ended', reason }), { kind: 'endLink', reason }],
  }
}

const written = (session: EvccSession, at: EpochMs, { body, signature }: Composed, stream: Stream) =>
  writeMessage({
    stream,
    sessionId: session.sessionId,
    timeStamp: unixSeconds(at),
    body: { kind: 'request', ...body },
    ...(signature === undefined ? {} : { signature }),
  })

/** What goes on beside the charge loop: one request at a time. */
const besides = (session: EvccSession, at: EpochMs): EvccStep => {
  const { facts, options } = session
  if (session.name !== 'charging' || session.aside !== undefined) return { state: session, outputs: [] }
  const schedule = facts.renegotiation === 'asked' && options.policy.renegotiation !== 'inLine'
  const confirmation = schedule ? undefined : confirmationOf(session)
  const aside = schedule ? 'schedule' : confirmation === undefined ? 'systemStatus' : 'metering'
  const composed: Composed | undefined = schedule
    ? { body: { message: 'ScheduleExchange', value: scheduleRequest(session) } }
    : (confirmation ?? statusDue(session))
  if (composed === undefined) return { state: session, outputs: [] }
  const frame = written(session, at, composed, aside)
  if (!frame.ok) return end(session, { code: 'unwritable', detail: frame.failure.detail })
  return {
    state: { ...session, aside },
    outputs: [{ kind: 'send', ...frame.value }, start('Voltway_EVCC_SideStream', TIMES.V2G_EVCC_Msg_Timeout.standard)],
  }
}

const ENTERED: Partial<Readonly<Record<EvccStateName, TimerName>>> = {
  cableCheck: 'V2G_EVCC_CableCheck_Timeout',
  preCharge: 'V2G_EVCC_PreCharge_Timeout',
}
const LENGTHS = { cableCheck: TIMES.V2G_EVCC_CableCheck_Timeout, preCharge: TIMES.V2G_EVCC_PreCharge_Timeout } as const

/** Timers that belong to a state end and begin with it. */
const timersBetween = (from: EvccStateName, to: EvccStateName): Outputs => {
  if (from === to) return []
  const left = ENTERED[from]
  const entered = to === 'cableCheck' || to === 'preCharge' ? [start(ENTERED[to] ?? 'V2G_EVCC_Ongoing_Timeout', LENGTHS[to])] : []
  return [...(left === undefined ? [] : [cancel(left)]), ...entered]
}

/** Sends what the state sends. */
const send = (session: EvccSession, at: EpochMs): EvccStep => {
  const composed = requestOf(session, at)
  if (composed === undefined) return end(session, { code: 'notReady', detail: `nothing to say in ${session.name}` })
  const frame = written(session, at, composed, 'main')
  if (!frame.ok) return end(session, { code: 'unwritable', detail: frame.failure.detail })
  const milliseconds = loopLimitOf(TIMES.V2G_EVCC_Msg_Timeout, composed.body.message, session.options.policy.loopPatience)
  const proposed = proposedBy(session)
  const { state, outputs } = besides(
    { ...without(session, ['proposed']), ...(proposed === undefined ? {} : { proposed }), awaiting: true },
    at,
  )
  return { state, outputs: [{ kind: 'send', ...frame.value }, start('V2G_EVCC_Msg_Timeout', milliseconds), ...outputs] }
}

/** From what the last response led to, to the next request; `from` is the state it came in. */
const proceed = (session: EvccSession, from: EvccStateName, at: EpochMs): EvccStep => {
  const name = due(session)
  const woken = session.name === 'standby' && (name === 'powerOn' || name === 'preCharge')
  const pilot: Outputs = woken ? [tell({ told: 'controlPilot', state: 'C' })] : []
  const next = leavingFrom(from, { ...session, name })
  const { state, outputs } = send(next, at)
  return { state, outputs: [...timersBetween(from, name), ...pilot, ...outputs] }
}

const apply = (session: EvccSession, answer: Answer): EvccSession => {
  const { forget = [], facts, sessionId } = answer
  const view = forget.includes('choice') ? without(session.car, ['choice']) : session.car
  const gone = forget.filter((key) => key !== 'choice')
  return {
    ...session,
    name: answer.next,
    ...(sessionId === undefined ? {} : { sessionId }),
    car: view,
    facts: { ...without(session.facts, gone), ...facts },
  }
}

/** The limit for the station to finish, and for a person where there is one. */
const ongoing = (
  session: EvccSession,
  before: EvccSession,
  answer: Answer,
): { readonly session: EvccSession; readonly outputs: Outputs } => {
  const timer = 'V2G_EVCC_Ongoing_Timeout'
  const was = before.facts.ongoing
  const now = session.name === before.name ? answer.ongoing : undefined
  if (now === was) return { session, outputs: [] }
  const milliseconds = now === 'customer' ? TIMES.waitingForCustomer : TIMES[timer].standard
  const facts = now === undefined ? without(session.facts, ['ongoing']) : { ...session.facts, ongoing: now }
  return {
    session: { ...session, facts },
    outputs: [now !== undefined && Number.isFinite(milliseconds) ? start(timer, milliseconds) : cancel(timer)],
  }
}

const onMain = (before: EvccSession, at: EpochMs, answer: Answer): EvccStep => {
  const applied = { ...apply(before, answer), awaiting: false }
  const tells = (answer.told ?? []).map(tell)
  const setUp = before.name === 'sessionSetup' ? [cancel('V2G_EVCC_CommunicationSetup_Timeout')] : []
  if (answer.end !== undefined) return end(applied, answer.end, tells)
  const { session, outputs } = ongoing(applied, before, answer)
  const first: Outputs = [cancel('V2G_EVCC_Msg_Timeout'), ...setUp, ...tells, ...outputs]
  if (session.name === before.name && session.name !== 'serviceDetail' && due(session) === session.name) {
    const message = requestOf(session, at)?.body.message ?? ''
    const pace = Math.min(session.options.pace, limitOf(TIMES.V2G_EVCC_Sequence_Performance_Time, message))
    return { state: session, outputs: [...first, start('Voltway_EVCC_Pace', pace)] }
  }
  const next = proceed(session, before.name, at)
  return { state: next.state, outputs: [...first, ...next.outputs] }
}

const onAside = (before: EvccSession, answer: Answer): EvccStep => ({
  state: without({ ...apply(before, answer), name: before.name }, ['aside']),
  outputs: [cancel('Voltway_EVCC_SideStream'), ...(answer.told ?? []).map(tell)],
})

/** What is wrong with a response before its content is looked at. */
const fault = (session: EvccSession, { body, sessionId, stream }: Message): EndReason | undefined => {
  if (body.kind === 'request') return { code: 'sequence', detail: `${body.message}Req` }
  const expected = stream === 'main' ? session.awaiting : session.aside === stream
  const allowed = EVCC_TABLE[session.name][evccEventOf(body.message, stream)].length > 0
  if (!expected || !allowed) return { code: 'sequence', detail: `${body.message}Res in ${session.name}` }
  const { ResponseCode } = body.value
  if (isFailed(ResponseCode)) return { code: 'refused', responseCode: ResponseCode, detail: body.message }
  const foreign = session.name !== 'sessionSetup' && !sameBytes(sessionId, session.sessionId)
  return foreign && session.options.policy.wrongSessionId === 'refuse' ? { code: 'unknownSession', detail: body.message } : undefined
}

const onFrame = (session: EvccSession, { at, payloadType, payload }: Input<CarWord> & { kind: 'frame' }): EvccStep => {
  const read = readMessage(payloadType, payload)
  if (!read.ok) return end(session, read.failure)
  const wrong = fault(session, read.value)
  if (wrong !== undefined) return end(session, wrong)
  const { body, stream, sessionId, signature } = read.value
  if (body.kind === 'request') return end(session, { code: 'sequence' })
  const answer = answerTo({ session, at, sessionId, signature, stream }, body)
  const { state, outputs } = stream === 'main' ? onMain(session, at, answer) : onAside(session, answer)
  const found = [...tolerated(session, read.value), ...unbelieved(`${body.message}Res`, outputs)]
  return { state, outputs: [...deviated(found), ...outputs] }
}

export const evccStep = (session: EvccSession, input: Input<CarWord>): EvccStep => {
  if (session.ended !== undefined) return { state: session, outputs: [] }
  switch (input.kind) {
    case 'frame':
      return onFrame(session, input)
    case 'linkEnded':
      return end(session, { code: 'linkLost' })
    case 'word':
      if (input.word.word === 'emergency') return end(session, { code: 'emergency', detail: input.word.cause })
      return { state: heard(session, input.word), outputs: [] }
    case 'timer':
      if (input.timer !== 'Voltway_EVCC_Pace') return end(session, { code: 'timeout', timer: input.timer })
      return session.awaiting ? { state: session, outputs: [] } : proceed(session, session.name, input.at)
  }
}

/** After SupportedAppProtocol, whose timer runs on until SessionSetupRes. */
export const evccBegin = (options: EvccOptions, chosen: AppProtocol, at: EpochMs): EvccStep =>
  send(
    {
      name: 'sessionSetup',
      ended: undefined,
      chosen,
      options,
      sessionId: options.resume?.protocol === 'iso15118-20' ? options.resume.sessionId : NO_SESSION,
      facts: {
        payments: [],
        services: [],
        valueAdded: [],
        details: [],
        offers: [],
        offersAt: epochMs(0),
        preCharged: false,
        inPlace: false,
        statusAsked: false,
        lowVoltage: false,
        connected: false,
        standby: false,
      },
      car: { needs: options.needs },
      awaiting: false,
    },
    at,
  )
