import { amperes, epochMs, ok, percent, volts } from '@voltway/units'
import type { CarWord } from '../../machine/car-words.ts'
import type { EnergyTransfer, SupplyLimits } from '../../machine/charging.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { EvccOptions, SeccOptions } from '../../machine/options.ts'
import type { StationWord } from '../../machine/station-words.ts'
import { seccCrypto } from '../../plug-and-charge/secc-crypto.ts'
import { readMessage } from '../codec.ts'
import { evccBegin, evccStep } from '../evcc/evcc.ts'
import type { EvccSession } from '../evcc/state.ts'
import { isFailed, type MessageName } from '../message.ts'
import { amperesOf, phasesOf, voltsOf, wattsOf } from '../rational.ts'
import { offersOf } from '../schedules.ts'
import { seccBegin, seccStep } from '../secc/secc.ts'
import { evccOptions, OFFER, obligingCar, obligingStation, seccOptions } from './ends.ts'
import { lastResponse, type RecordedResponse, type RecordedSession } from './recorded.ts'

const transferOf = ({ exchanges }: RecordedSession): EnergyTransfer => {
  const selection = exchanges.find(({ request }) => request.body.message === 'ServiceSelection')?.request.body
  const service = selection?.message === 'ServiceSelection' ? selection.value.SelectedEnergyTransferService.ServiceID : 0
  return ({ 1: 'AC_three_phase', 2: 'DC', 5: 'AC_BPT', 6: 'DC_BPT' } as const)[service as 1 | 2 | 5 | 6] ?? 'DC'
}

const controlOf = ({ exchanges }: RecordedSession): 'scheduled' | 'dynamic' => {
  const exchange = exchanges.find(({ request }) => request.body.message === 'ScheduleExchange')?.request.body
  return exchange?.message === 'ScheduleExchange' && exchange.value.Dynamic_SEReqControlMode !== undefined ? 'dynamic' : 'scheduled'
}

const limitsOf = (session: RecordedSession): SupplyLimits => {
  const ac = lastResponse(session, 'AC_ChargeParameterDiscovery')
  const acMode = ac?.BPT_AC_CPDResEnergyTransferMode ?? ac?.AC_CPDResEnergyTransferMode
  const dc = lastResponse(session, 'DC_ChargeParameterDiscovery')
  const dcMode = dc?.BPT_DC_CPDResEnergyTransferMode ?? dc?.DC_CPDResEnergyTransferMode
  if (acMode !== undefined)
    return {
      charge: { maxPower: phasesOf(acMode.EVSEMaximumChargePower, acMode.EVSEMaximumChargePower_L2, acMode.EVSEMaximumChargePower_L3) },
    }
  if (dcMode === undefined) return { charge: {} }
  return {
    charge: {
      maxPower: wattsOf(dcMode.EVSEMaximumChargePower),
      maxCurrent: amperesOf(dcMode.EVSEMaximumChargeCurrent),
      maxVoltage: voltsOf(dcMode.EVSEMaximumVoltage),
    },
  }
}

/** A station like the recorded one. Signatures of cars are checked; their roots are not known. */
const stationLike = (session: RecordedSession): SeccOptions => {
  const setup = lastResponse(session, 'AuthorizationSetup')
  const first = session.exchanges.find(({ response }) => response !== undefined)?.response
  const { verify } = seccCrypto({ generation: 'iso20', roots: [] })
  const control = controlOf(session)
  return seccOptions([transferOf(session)], {
    sessionId: first?.sessionId ?? new Uint8Array(8),
    evseId: lastResponse(session, 'SessionSetup')?.EVSEID ?? '',
    challenge: setup?.PnC_ASResAuthorizationMode?.GenChallenge ?? new Uint8Array(16),
    payments: (setup?.AuthorizationServices ?? ['EIM']).map((service) => (service === 'EIM' ? 'eim' : 'contract')),
    limits: limitsOf(session),
    crypto: { verify, checkContract: () => ok({ expiresSoon: false }) },
    freedoms: {
      controls: control === 'dynamic' ? ['dynamic', 'scheduled'] : ['scheduled', 'dynamic'],
      prices: [],
      renegotiateServices: true,
      standby: true,
      pause: true,
    },
  })
}

export interface Replayed {
  readonly agreed: number
  readonly disagreements: readonly string[]
  readonly end: EndReason | undefined
}

const AT = epochMs(1_800_000_000_000)

/** What the recorded station knew before it answered so. */
const wordsBefore = ({ body }: RecordedResponse): readonly StationWord[] => {
  const { message, value } = body
  const done = 'EVSEProcessing' in value && value.EVSEProcessing === 'Finished'
  if (message === 'Authorization' && done) return [{ word: 'authorised' }]
  if (message === 'DC_CableCheck' && done) return [{ word: 'cableChecked', isolation: 'valid' }]
  if (message === 'DC_PreCharge') return [{ word: 'measured', voltage: voltsOf(value.EVSEPresentVoltage), current: amperes(0) }]
  if (message !== 'ScheduleExchange' || !done) return []
  const tuples = value.Scheduled_SEResControlMode?.ScheduleTuple ?? []
  return [{ word: 'offer', schedules: tuples.length === 0 ? [OFFER] : offersOf(tuples, AT) }]
}

const summary = ({ body }: { readonly body: RecordedResponse['body'] }): string => {
  const { message, value } = body
  return [message, isFailed(value.ResponseCode) ? 'refused' : 'accepted', 'EVSEProcessing' in value ? value.EVSEProcessing : ''].join(' ')
}

/** Plays a recorded car against our station, which knows at each request what the recorded one knew. */
export const replayCar = (session: RecordedSession): Replayed => {
  let { state } = seccBegin(stationLike(session), { namespace: session.namespace, major: 1, minor: 0 })
  const oblige = obligingStation()
  const disagreements: string[] = []
  let agreed = 0
  const hear = (word: StationWord): ReturnType<typeof seccStep>['outputs'] => {
    const step = seccStep(state, { kind: 'word', at: AT, word })
    state = step.state
    return step.outputs
  }
  for (const { request, response } of session.exchanges) {
    if (response === undefined) continue
    for (const word of wordsBefore(response)) hear(word)
    const step = seccStep(state, { kind: 'frame', at: AT, payloadType: request.payloadType, payload: request.payload })
    state = step.state
    const told = step.outputs.flatMap((output) => (output.kind === 'tell' && output.told.told === 'closeContactor' ? [output.told] : []))
    const later = told.flatMap((one) => oblige(one).flatMap(([, word]) => hear(word)))
    const sent = [...step.outputs, ...later].find((output) => output.kind === 'send')
    const read = sent?.kind === 'send' ? readMessage(sent.payloadType, sent.payload) : undefined
    const ours = read?.ok && read.value.body.kind === 'response' ? summary({ body: read.value.body }) : 'no answer'
    if (ours === summary(response)) agreed++
    else disagreements.push(`${summary(response)} / ${ours} ${state.ended?.detail ?? ''}`)
    if (state.ended !== undefined && state.ended.code !== 'finished') break
  }
  return { agreed, disagreements, end: state.ended }
}

/** A car that wants what the recorded one wanted. */
const carLike = (session: RecordedSession): EvccOptions => {
  const transfer = transferOf(session)
  const options = evccOptions(transfer)
  return { ...options, transfers: [transfer, 'AC_single_phase'], needs: { ...options.needs, control: controlOf(session) } }
}

/**
 * Plays a recorded station against our car: each request is answered with the next recorded response to the same message, the last one
 * again where there is no further. The car stops after some rounds of the charge loop.
 */
export const replayStation = (session: RecordedSession): Replayed => {
  const answers = new Map<MessageName, RecordedResponse[]>()
  for (const { response } of session.exchanges)
    if (response !== undefined) answers.set(response.body.message, [...(answers.get(response.body.message) ?? []), response])
  let { state, outputs }: { state: EvccSession; outputs: ReturnType<typeof evccStep>['outputs'] } = evccBegin(
    carLike(session),
    { namespace: session.namespace, major: 1, minor: 0 },
    AT,
  )
  const disagreements: string[] = []
  let agreed = 0
  const hear = (word: CarWord) => {
    state = evccStep(state, { kind: 'word', at: AT, word }).state
  }
  hear({ word: 'battery', soc: percent(40), voltage: preChargedVoltage(session), targetVoltage: volts(400), targetCurrent: amperes(5) })
  for (let round = 0; round < 200 && state.ended === undefined; round++) {
    for (const output of outputs)
      if (output.kind === 'tell') for (const [, word] of obligingCar(output.told)) if (word.word === 'choose') hear(word)
    const sent = outputs.find((output) => output.kind === 'send')
    if (sent?.kind !== 'send') {
      ;({ state, outputs } = evccStep(state, { kind: 'timer', at: AT, timer: 'Voltway_EVCC_Pace' }))
      continue
    }
    const read = readMessage(sent.payloadType, sent.payload)
    const message = read.ok ? read.value.body.message : 'SessionStop'
    const queue = answers.get(message) ?? []
    const answer = queue.length > 1 ? queue.shift() : queue[0]
    if (answer === undefined) {
      disagreements.push(`${message} was not recorded`)
      break
    }
    if (message.endsWith('ChargeLoop') && round > 60) hear({ word: 'stop' })
    ;({ state, outputs } = evccStep(state, { kind: 'frame', at: AT, payloadType: answer.payloadType, payload: answer.payload }))
    if (state.ended === undefined || state.ended.code === 'finished') agreed++
    else disagreements.push(`${message}: ${JSON.stringify(state.ended)}`)
  }
  return { agreed, disagreements, end: state.ended }
}

/** What the recorded output came to in the end, so that our car finds its battery there. */
const preChargedVoltage = (session: RecordedSession) => {
  const last = lastResponse(session, 'DC_PreCharge')
  return last === undefined ? volts(400) : voltsOf(last.EVSEPresentVoltage)
}
