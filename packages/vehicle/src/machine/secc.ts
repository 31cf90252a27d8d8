import type { EpochMs } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { negotiationDeviations } from './deviated.ts'
import type { EndReason } from './end-reason.ts'
import { goingOn, type RunningPhase } from './going-on.ts'
import type { Input, Machine, Output, Running, Step } from './machine.ts'
import { appProtocolCodec, negotiate } from './negotiation.ts'
import type { SeccOptions } from './options.ts'
import { remembered } from './remembered.ts'
import { type SetUp, setUpEnd, setUpTimer } from './set-up-time.ts'
import type { StationTold, StationWord } from './station-words.ts'

type Told = StationTold
type Session = Running<StationWord, StationTold>

/** A station's end of the cable: SupportedAppProtocol first, then whichever protocol that led to. */
export type SeccState =
  | { readonly phase: 'negotiating'; readonly options: SeccOptions; readonly linkSince: EpochMs; readonly heard: readonly StationWord[] }
  | RunningPhase<StationWord, Told>
  | { readonly phase: 'ended'; readonly reason: EndReason }

const ended = (reason: EndReason, before: readonly Output<Told>[] = []): Step<SeccState, Told> => ({
  state: { phase: 'ended', reason },
  outputs: [
    ...before,
    { kind: 'tell', told: { told: 'openContactor', urgent: true } },
    { kind: 'tell', told: { told: 'ended', reason } },
    { kind: 'endLink', reason },
  ],
})

/** What the station said before there was a session is told to it when it begins. */
const repeated = (step: Step<Session, Told>, heard: readonly StationWord[], at: EpochMs): Step<Session, Told> =>
  heard.reduce<Step<Session, Told>>(({ state, outputs }, word) => {
    const next = state.step({ kind: 'word', at, word })
    return { state: next.state, outputs: [...outputs, ...next.outputs] }
  }, step)

const REQUEST = 'supportedAppProtocolReq'
const SETUP_TIMER = 'V2G_SECC_CommunicationSetup_Performance_Time'
const LATE: EndReason = { code: 'timeout', timer: SETUP_TIMER }

const supported = (options: SeccOptions) =>
  options.protocols.flatMap((protocol) => protocol.supported(options).map((entry) => ({ ...entry, protocol })))

const setUpOf = ({ link }: SeccOptions, linkSince: EpochMs): SetUp => ({ timer: SETUP_TIMER, link, linkSince })

const onFrame = (
  { options, linkSince, heard }: SeccState & { phase: 'negotiating' },
  frame: Input<StationWord> & { kind: 'frame' },
): Step<SeccState, Told> => {
  if (frame.payloadType !== PAYLOAD_TYPE.exi) return ended({ code: 'payloadType', detail: `${frame.payloadType}` })
  const request = appProtocolCodec.decode(frame.payload)
  if (!request.ok) return ended({ code: 'undecodable', detail: request.failure.message })
  if (request.value.root !== REQUEST) return ended({ code: 'sequence', detail: request.value.root })
  const { answer, chosen } = negotiate(request.value.value.AppProtocol, supported(options))
  const written = appProtocolCodec.encode({ root: 'supportedAppProtocolRes', value: answer })
  if (!written.ok) return ended({ code: 'unwritable', detail: written.failure.message })
  const send: Output<Told> = { kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: written.value }
  if (chosen === undefined) return ended({ code: 'noNegotiation' }, [send])
  const end = setUpEnd(setUpOf(options, linkSince), [chosen.protocol])
  if (end <= frame.at) return ended(LATE)
  const { state, outputs } = repeated(chosen.protocol.begin(options, chosen, frame.at), heard, frame.at)
  const found = negotiationDeviations(REQUEST, answer.ResponseCode, request.value.deviations)
  return goingOn([], { state, outputs: [...found, send, setUpTimer(SETUP_TIMER, end, frame.at), ...outputs] })
}

const step = (state: SeccState, input: Input<StationWord>): Step<SeccState, Told> => {
  if (state.phase === 'ended') return { state, outputs: [] }
  if (state.phase === 'running') return goingOn(state.deviations, state.session.step(input))
  switch (input.kind) {
    case 'frame':
      return onFrame(state, input)
    case 'linkEnded':
      return ended({ code: 'linkLost' })
    case 'timer':
      return ended({ code: 'timeout', timer: input.timer })
    case 'word':
      if (input.word.word === 'emergency') return ended({ code: 'emergency', detail: input.word.cause })
      return { state: { ...state, heard: remembered(state.heard, input.word) }, outputs: [] }
  }
}

const start = (options: SeccOptions, at: EpochMs): Step<SeccState, Told> => {
  const end = setUpEnd(
    setUpOf(options, at),
    supported(options).map(({ protocol }) => protocol),
  )
  if (end <= at) return ended(LATE)
  return { state: { phase: 'negotiating', options, linkSince: at, heard: [] }, outputs: [setUpTimer(SETUP_TIMER, end, at)] }
}

/** Starts when the TCP or TLS link is up. */
export const secc: Machine<SeccOptions, SeccState, StationWord, StationTold> = { start, step }

/** Why the session is over, if it is. */
export const seccEnd = (state: SeccState): EndReason | undefined =>
  state.phase === 'ended' ? state.reason : state.phase === 'running' ? state.session.ended : undefined
