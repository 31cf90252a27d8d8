import type { EpochMs } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { CarTold, CarWord } from './car-words.ts'
import { negotiationDeviations } from './deviated.ts'
import type { EndReason } from './end-reason.ts'
import { goingOn, type RunningPhase } from './going-on.ts'
import type { Input, Machine, Output, Step } from './machine.ts'
import { appProtocolCodec, chosenOf, offerOf } from './negotiation.ts'
import type { EvccOptions } from './options.ts'
import { remembered } from './remembered.ts'
import { type SetUp, setUpEnd, setUpTimer } from './set-up-time.ts'

type Told = CarTold

/** A car's end of the cable: SupportedAppProtocol first, then whichever protocol that led to. */
export type EvccState =
  | { readonly phase: 'negotiating'; readonly options: EvccOptions; readonly linkSince: EpochMs; readonly heard: readonly CarWord[] }
  | RunningPhase<CarWord, Told>
  | { readonly phase: 'ended'; readonly reason: EndReason }

const ended = (reason: EndReason): Step<EvccState, Told> => ({
  state: { phase: 'ended', reason },
  outputs: [
    { kind: 'tell', told: { told: 'openContactor', urgent: true } },
    { kind: 'tell', told: { told: 'ended', reason } },
    { kind: 'endLink', reason },
  ],
})

const supported = (options: EvccOptions) =>
  options.protocols.flatMap((protocol) => protocol.supported(options).map((entry) => ({ ...entry, protocol }))).slice(0, 20)

const RESPONSE = 'supportedAppProtocolRes'
const SETUP_TIMER = 'V2G_EVCC_CommunicationSetup_Timeout'
const LATE: EndReason = { code: 'timeout', timer: SETUP_TIMER }

const setUpOf = ({ link }: EvccOptions, linkSince: EpochMs): SetUp => ({ timer: SETUP_TIMER, link, linkSince })

const onFrame = (
  { options, linkSince, heard }: EvccState & { phase: 'negotiating' },
  frame: Input<CarWord> & { kind: 'frame' },
): Step<EvccState, Told> => {
  if (frame.payloadType !== PAYLOAD_TYPE.exi) return ended({ code: 'payloadType', detail: `${frame.payloadType}` })
  const response = appProtocolCodec.decode(frame.payload)
  if (!response.ok) return ended({ code: 'undecodable', detail: response.failure.message })
  if (response.value.root !== RESPONSE) return ended({ code: 'sequence', detail: response.value.root })
  const chosen = chosenOf(response.value.value, supported(options))
  if (chosen === undefined) return ended({ code: 'noNegotiation', responseCode: response.value.value.ResponseCode })
  const end = setUpEnd(setUpOf(options, linkSince), [chosen.protocol])
  if (end <= frame.at) return ended(LATE)
  let running = chosen.protocol.begin(options, chosen, frame.at)
  for (const word of heard) {
    const next = running.state.step({ kind: 'word', at: frame.at, word })
    running = { state: next.state, outputs: [...running.outputs, ...next.outputs] }
  }
  const found = negotiationDeviations(RESPONSE, response.value.value.ResponseCode, response.value.deviations)
  return goingOn([], { state: running.state, outputs: [...found, setUpTimer(SETUP_TIMER, end, frame.at), ...running.outputs] })
}

const step = (state: EvccState, input: Input<CarWord>): Step<EvccState, Told> => {
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

const start = (options: EvccOptions, at: EpochMs): Step<EvccState, Told> => {
  const mine = supported(options)
  const offer = offerOf(mine)
  if (offer.length === 0) return ended({ code: 'noNegotiation', detail: 'no protocol of this car may run over this link' })
  const written = appProtocolCodec.encode({ root: 'supportedAppProtocolReq', value: { AppProtocol: offer } })
  if (!written.ok) return ended({ code: 'unwritable', detail: written.failure.message })
  const end = setUpEnd(
    setUpOf(options, at),
    mine.map(({ protocol }) => protocol),
  )
  if (end <= at) return ended(LATE)
  const outputs: readonly Output<Told>[] = [
    setUpTimer(SETUP_TIMER, end, at),
    { kind: 'send', payloadType: PAYLOAD_TYPE.exi, payload: written.value },
    { kind: 'startTimer', timer: 'V2G_EVCC_Msg_Timeout', milliseconds: 2_000 },
  ]
  return { state: { phase: 'negotiating', options, linkSince: at, heard: [] }, outputs }
}

/** Starts when the TCP or TLS link is up. */
export const evcc: Machine<EvccOptions, EvccState, CarWord, CarTold> = { start, step }

/** Why the session is over, if it is. */
export const evccEnd = (state: EvccState): EndReason | undefined =>
  state.phase === 'ended' ? state.reason : state.phase === 'running' ? state.session.ended : undefined
