import type { EpochMs } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { CarTold, CarWord } from '../../machine/car-words.ts'
import { deviated } from '../../machine/deviated.ts'
import { type EndReason, isGoodEnd } from '../../machine/end-reason.ts'
import type { Input, Step } from '../../machine/machine.ts'
import { limitOf, TIMEOUTS } from '../../machine/timeouts.ts'
import { unbelieved } from '../../machine/unbelieved.ts'
import { type Body, isFailed, type MessageName, type Requests, type ResponseBody, type Responses, sameBytes } from '../message.ts'
import { courseOf } from './course.ts'
import type { Arrival } from './handler.ts'
import { heard } from './heard.ts'
import { isAlarm } from './notice.ts'
import { REQUESTS, SIGNED_ID } from './requests.ts'
import { HANDLERS } from './responses/index.ts'
import type { EvccOutputs, EvccSession, Move } from './state.ts'
import { timersInto } from './state-timers.ts'
import { EVCC_TABLE, type EvccStateName, REQUEST_OF } from './table.ts'
import { tolerated } from './tolerated.ts'

type Stepped = Step<EvccSession, CarTold>

const tell = (told: readonly CarTold[] = []): EvccOutputs => told.map((one) => ({ kind: 'tell', told: one }))

/** The session is over: the car's contactor is open, the car knows why, and the link ends. Nothing happens after it. */
const ending = (session: EvccSession, reason: EndReason, before: EvccOutputs = []): Stepped => {
  const good = isGoodEnd(reason)
  const off = good && !session.facts.closed ? [] : tell([{ told: 'openContactor', urgent: !good }])
  return {
    state: { ...session, name: 'ended', ended: reason, facts: { ...session.facts, closed: false } },
    outputs: [...before, ...off, ...tell([{ told: 'ended', reason }]), { kind: 'endLink', reason }],
  }
}

/** A request as bytes, signed where it must be. */
const written = <Name extends MessageName>(session: EvccSession, message: Name) => {
  const made = REQUESTS[message](session)
  if (!made.ok) return { ok: false, failure: { code: 'notReady', detail: made.failure } } as const
  const { value, sign }: { readonly value: Requests[Name]; readonly sign?: typeof made.value.sign } = made.value
  const body = { kind: 'request', message, value } as Body
  if (sign === undefined) return session.dialect.write({ sessionId: session.sessionId, body })
  const exi = session.dialect.fragment(body)
  if (!exi.ok) return exi
  const signature = sign([{ id: SIGNED_ID, exi: exi.value }])
  if (signature === undefined) return { ok: false, failure: { code: 'notReady', detail: `the key does not sign ${message}Req` } } as const
  return session.dialect.write({ sessionId: session.sessionId, signature, body })
}

/** What changes on the way into a state, before its request is made. */
const onEntry = (session: EvccSession): { readonly session: EvccSession; readonly told: readonly CarTold[] } => {
  const { name, facts, car, dialect } = session
  if (name === 'powerOn' && !facts.closed)
    return { session: { ...session, facts: { ...facts, closed: true } }, told: [{ told: 'closeContactor' }] }
  if (name === 'renegotiating') return { session: { ...session, car: { ...car, wish: undefined } }, told: [] }
  if (name === 'sessionStop') {
    const pausing = car.wish === 'pause' && facts.charged && dialect.can.pause && facts.endAs === undefined
    return { session: { ...session, facts: { ...facts, pausing } }, told: [] }
  }
  return { session, told: [] }
}

/** Goes into a state: asks what is to be asked there, or waits for the car's choice. */
const enter = (from: EvccSession, name: EvccStateName, before: EvccOutputs): Stepped => {
  const { session, told } = onEntry({ ...from, name, facts: { ...from.facts, ongoing: from.facts.ongoing && name === from.name } })
  const outputs = [...before, ...timersInto(from, name), ...tell(told)]
  const limits = TIMEOUTS[session.dialect.name]
  const message = REQUEST_OF[name]
  if (message === undefined) {
    const milliseconds = limitOf(limits.V2G_EVCC_Sequence_Performance_Time, 'PowerDelivery')
    const timer = { kind: 'startTimer', timer: 'V2G_EVCC_Sequence_Performance_Time', milliseconds } as const
    return { state: { ...session, waitsFor: 'choice' }, outputs: [...outputs, timer] }
  }
  const exi = written(session, message)
  if (!exi.ok) return ending(session, exi.failure, outputs)
  const milliseconds = limitOf(limits.V2G_EVCC_Msg_Timeout, message)
  return {
    state: { ...session, waitsFor: 'response' },
    outputs: [
      ...outputs,
      { kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: exi.value },
      { kind: 'startTimer', timer: 'V2G_EVCC_Msg_Timeout', milliseconds },
    ],
  }
}

const lastEnd = ({
  facts,
  dialect,
  sessionId,
  options,
}: EvccSession): { readonly reason: EndReason; readonly told: readonly CarTold[] } => {
  if (facts.endAs !== undefined) return { reason: facts.endAs, told: [] }
  if (!facts.pausing) return { reason: { code: 'finished' }, told: [] }
  const { payment, transfer, offers } = facts
  const scheduleId = offers[0]?.id
  const session = { protocol: dialect.name, sessionId, payment, transfer, ...(scheduleId === undefined ? {} : { scheduleId }) }
  return { reason: { code: 'paused' }, told: [{ told: 'paused', session }] }
}

/** Carries out what a response led to. The same request again waits for the car's pace. */
const move = (from: EvccSession, { next, told, facts, car, timers = [], sessionId }: Move): Stepped => {
  const session: EvccSession = {
    ...from,
    sessionId: sessionId ?? from.sessionId,
    facts: { ...from.facts, ...facts },
    car: { ...from.car, ...car },
  }
  const outputs: EvccOutputs = [{ kind: 'cancelTimer', timer: 'V2G_EVCC_Msg_Timeout' }, ...timers, ...tell(told)]
  const course = courseOf(session, next)
  if (course === 'ended') {
    const last = lastEnd(session)
    return ending(session, last.reason, [...outputs, ...tell(last.told)])
  }
  if (course !== from.name) return enter(session, course, outputs)
  const pace = { kind: 'startTimer', timer: 'Voltway_EVCC_Pace', milliseconds: session.options.pace } as const
  return { state: { ...session, waitsFor: 'pace' }, outputs: [...outputs, pace] }
}

const handled = <Name extends MessageName>(arrival: Arrival, body: ResponseBody & { readonly message: Name }): Stepped => {
  const handler = HANDLERS[body.message as Name]
  return move(arrival.session, handler(arrival, body.value as Responses[Name]))
}

/** What is wrong with a response before it is looked into. */
const objection = (session: EvccSession, body: ResponseBody, sessionId: Uint8Array): EndReason | undefined => {
  const { value, message } = body
  if (session.waitsFor !== 'response' || EVCC_TABLE[session.name][message].length === 0)
    return { code: 'sequence', detail: `${message}Res in ${session.name}` }
  if (isFailed(value.ResponseCode)) return { code: 'refused', responseCode: value.ResponseCode, detail: `${message}Res` }
  const isSetup = message === 'SessionSetup'
  if (!isSetup && session.options.policy.wrongSessionId === 'refuse' && !sameBytes(sessionId, session.sessionId))
    return { code: 'unknownSession' }
  const status = 'DC_EVSEStatus' in value ? value.DC_EVSEStatus : undefined
  if (isAlarm(status)) return { code: 'refused', responseCode: value.ResponseCode, detail: status?.EVSEStatusCode ?? '' }
  return undefined
}

const onFrame = (session: EvccSession, { payloadType, payload, at }: Input<CarWord> & { kind: 'frame' }): Stepped => {
  if (payloadType !== PAYLOAD_TYPE.exi) return ending(session, { code: 'payloadType', detail: `0x${payloadType.toString(16)}` })
  const message = session.dialect.read(payload)
  if (!message.ok) return ending(session, { code: 'undecodable', detail: message.failure.detail })
  const { sessionId, signature, body } = message.value
  if (body.kind === 'request') return ending(session, { code: 'sequence', detail: `${body.message}Req from a station` })
  const reason = objection(session, body, sessionId)
  if (reason !== undefined) return ending(session, reason)
  const { state, outputs } = handled({ session, sessionId, at, ...(signature === undefined ? {} : { signature }) }, body)
  const found = [...tolerated(session, message.value), ...unbelieved(`${body.message}Res`, outputs)]
  return { state, outputs: [...deviated(found), ...outputs] }
}

const onWord = (session: EvccSession, word: CarWord): Stepped => {
  if (word.word === 'emergency') return ending(session, { code: 'emergency', detail: word.cause })
  const next = { ...session, car: heard(session.car, word) }
  if (session.waitsFor === 'response') return { state: next, outputs: [] }
  const chosen = next.name === 'choosing' && next.car.profile !== undefined ? 'powerOn' : next.name
  const course = courseOf(next, chosen)
  if (course === next.name) return { state: next, outputs: [] }
  const timer = session.waitsFor === 'pace' ? 'Voltway_EVCC_Pace' : 'V2G_EVCC_Sequence_Performance_Time'
  return enter(next, course, [{ kind: 'cancelTimer', timer }])
}

const onTimer = (session: EvccSession, { timer }: Input<CarWord> & { kind: 'timer' }): Stepped => {
  if (timer === 'Voltway_EVCC_Pace')
    return session.waitsFor === 'pace' ? enter(session, courseOf(session, session.name), []) : { state: session, outputs: [] }
  if (timer === 'V2G_EVCC_Sequence_Performance_Time') return ending(session, { code: 'notReady', timer })
  return ending(session, { code: 'timeout', timer })
}

/** The car's end of a session of DIN 70121 or ISO 15118-2. */
export const evccStep = (session: EvccSession, input: Input<CarWord>): Stepped => {
  if (session.ended !== undefined) return { state: session, outputs: [] }
  switch (input.kind) {
    case 'frame':
      return onFrame(session, input)
    case 'word':
      return onWord(session, input.word)
    case 'timer':
      return onTimer(session, input)
    case 'linkEnded':
      return ending(session, { code: 'linkLost' })
  }
}

/** The first request, SessionSetup. */
export const evccBegin = (session: EvccSession, at: EpochMs): Stepped => {
  const milliseconds = TIMEOUTS[session.dialect.name].V2G_EVCC_ReadyToCharge_Timeout
  return enter(
    session,
    'sessionSetup',
    Number.isFinite(milliseconds) ? [{ kind: 'startTimer', timer: 'V2G_EVCC_ReadyToCharge_Timeout', milliseconds }] : [],
  )
}
