import { ok } from '@voltway/units'
import { isFailed, type RequestBody, type ResponseBody } from '../iso2/message.ts'
import { amperesOf, optional, voltsOf, wattsOf } from '../iso2/physical.ts'
import { offersOf } from '../iso2/schedules.ts'
import type { EnergyTransfer, SupplyLimits } from '../machine/charging.ts'
import type { SeccOptions, SeccProtocol } from '../machine/options.ts'
import type { StationWord } from '../machine/station-words.ts'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import { DC_LIMITS, OFFER, SECC_OPTIONS } from './peers.ts'
import { type Exchange, type RecordedSession, responseOf } from './recorded-exchange.ts'
import { sampleRequests } from './sample-requests.ts'
import { StationBench } from './station-bench.ts'

export interface Replayed {
  /** Answered as the recorded station did: same message, refused or not, to be asked again or not. */
  readonly agreed: number
  /** Requests put in for those that were left out of the recording. */
  readonly bridged: number
  /** Recorded without an answer, or after the recorded station had refused. */
  readonly skipped: number
  /** What was answered otherwise. */
  readonly disagreements: readonly string[]
}

const limitsOf = (session: RecordedSession): SupplyLimits => {
  const parameters = responseOf(session, 'ChargeParameterDiscovery')?.value
  const dc = parameters?.DC_EVSEChargeParameter
  const ac = parameters?.AC_EVSEChargeParameter
  if (ac !== undefined) return { charge: { maxCurrent: amperesOf(ac.EVSEMaxCurrent) }, nominalVoltage: voltsOf(ac.EVSENominalVoltage) }
  if (dc === undefined) return DC_LIMITS
  return {
    charge: {
      maxCurrent: amperesOf(dc.EVSEMaximumCurrentLimit),
      maxVoltage: voltsOf(dc.EVSEMaximumVoltageLimit),
      ...optional('maxPower', dc.EVSEMaximumPowerLimit, wattsOf),
    },
  }
}

const transfersOf = (session: RecordedSession): readonly EnergyTransfer[] => {
  const modes = responseOf(session, 'ServiceDiscovery')?.value.ChargeService.SupportedEnergyTransferMode.EnergyTransferMode ?? []
  const all: readonly EnergyTransfer[] = ['AC_three_phase', 'AC_single_phase', 'DC']
  return all.filter((transfer) => modes.some((mode) => (transfer === 'DC' ? mode.startsWith('DC') : mode === `${transfer}_core`)))
}

/** A station like the recorded one: its session, its services, its challenge. Signatures of cars are checked, their roots are not known. */
const optionsOf = (session: RecordedSession): SeccOptions => {
  const setup = responseOf(session, 'SessionSetup')
  const discovery = responseOf(session, 'ServiceDiscovery')?.value
  const services = discovery?.ServiceList?.Service ?? []
  const { verify } = seccCrypto({ generation: 'iso2', roots: [] })
  return {
    ...SECC_OPTIONS,
    link: { security: session.secure ? 'tls1.2' : 'none' },
    evseId: setup?.value.EVSEID === '' ? '00' : (setup?.value.EVSEID ?? SECC_OPTIONS.evseId),
    sessionId: setup?.sessionId ?? SECC_OPTIONS.sessionId,
    challenge: responseOf(session, 'PaymentDetails')?.value.GenChallenge ?? SECC_OPTIONS.challenge,
    payments: discovery?.PaymentOptionList.PaymentOption.map((option) => (option === 'Contract' ? 'contract' : 'eim')) ?? ['eim'],
    transfers: transfersOf(session),
    limits: limitsOf(session),
    certificateService: services.some(({ ServiceCategory }) => ServiceCategory === 'ContractCertificate'),
    valueAdded: services
      .filter(({ ServiceCategory }) => ServiceCategory !== 'ContractCertificate')
      .map(({ ServiceID }) => ({ id: ServiceID, category: 'other', free: true })),
    crypto: { verify, checkContract: () => ok({ expiresSoon: false }) },
  }
}

/** What the station must have said for its SECC to answer as the recorded one. */
const wordsBefore = ({ body }: { readonly body: ResponseBody }): readonly StationWord[] => {
  switch (body.message) {
    case 'Authorization':
      return body.value.EVSEProcessing === 'Finished' ? [{ word: 'authorised' }] : []
    case 'ChargeParameterDiscovery': {
      const { EVSEProcessing, SAScheduleList } = body.value
      const schedules = SAScheduleList === undefined ? [] : offersOf(SAScheduleList)
      // Some stations finish without a schedule; ours has to have one.
      return EVSEProcessing === 'Finished' ? [{ word: 'offer', schedules: schedules.length === 0 ? [OFFER] : schedules }] : []
    }
    case 'CableCheck':
      if (isFailed(body.value.ResponseCode)) return [{ word: 'cableChecked', isolation: 'fault' }]
      return body.value.EVSEProcessing === 'Finished' ? [{ word: 'cableChecked', isolation: 'valid' }] : []
    case 'PreCharge':
    case 'WeldingDetection':
      return [
        { word: 'measured', voltage: voltsOf(body.value.EVSEPresentVoltage), current: amperesOf({ Multiplier: 0, Unit: 'A', Value: 0 }) },
      ]
    case 'CurrentDemand':
      return [{ word: 'measured', voltage: voltsOf(body.value.EVSEPresentVoltage), current: amperesOf(body.value.EVSEPresentCurrent) }]
    default:
      return []
  }
}

/** What the station says when its SECC waits for it. */
const wordsWhileHeld = (request: RequestBody, exi: Uint8Array | undefined): readonly StationWord[] => {
  if (request.message === 'PowerDelivery') return [{ word: 'contactor', closed: request.value.ChargeProgress === 'Start' }]
  if (request.message === 'Authorization') return [{ word: 'authorised' }]
  return [{ word: 'certificate', exiResponse: exi }]
}

const answered = (bench: StationBench, { request, response }: Exchange): void => {
  for (const word of response === undefined ? [] : wordsBefore(response)) bench.say(word)
  bench.bytes(request.exi)
  if (bench.response === undefined && bench.ended === undefined)
    for (const word of wordsWhileHeld(request.body, response?.exi)) bench.say(word)
}

/** Brings a station over what was left out of a recording, to where the next request is expected. */
const bridge = (bench: StationBench, next: RequestBody): number => {
  const missing = { cableCheck: 3, preCharge: 2, preCharging: 1 } as const
  if (next.message !== 'CurrentDemand' || !(bench.state in missing)) return 0
  const requests = sampleRequests(true)
  const way = [requests.CableCheck, requests.PreCharge, requests['PowerDelivery(Start)']] as const
  const left = way.slice(-missing[bench.state as keyof typeof missing])
  for (const request of left) {
    if (request.message === 'CableCheck') bench.say({ word: 'cableChecked', isolation: 'valid' })
    bench.ask(
      request.message === 'PowerDelivery'
        ? { message: 'PowerDelivery', value: { ...request.value, SAScheduleTupleID: bench.offered } }
        : request,
    )
    if (request.message === 'PowerDelivery') bench.say({ word: 'contactor', closed: true })
  }
  return left.length
}

const codeOf = (body: ResponseBody): string => body.value.ResponseCode
const isFinished = ({ value }: ResponseBody): boolean => !('EVSEProcessing' in value) || value.EVSEProcessing === 'Finished'

/** Refused or not, and keeping the car waiting or not. */
const alike = (ours: ResponseBody, theirs: ResponseBody): boolean =>
  ours.message === theirs.message &&
  isFailed(codeOf(ours)) === isFailed(codeOf(theirs)) &&
  (isFailed(codeOf(ours)) || isFinished(ours) === isFinished(theirs))

/** Plays a recorded car against our station. */
export const replayAgainstStation = (session: RecordedSession, protocol: SeccProtocol): Replayed => {
  const bench = new StationBench(protocol, session.dialect, optionsOf(session))
  const disagreements: string[] = []
  let agreed = 0
  let bridged = 0
  let skipped = 0
  let over = false
  for (const [index, exchange] of session.exchanges.entries()) {
    const { request, response } = exchange
    if (over || response === undefined) {
      skipped++
      continue
    }
    if (exchange.afterCut) bridged += bridge(bench, request.body)
    const schedules = response.body.message === 'ChargeParameterDiscovery' ? response.body.value.SAScheduleList : undefined
    if (schedules !== undefined) bench.offered = schedules.SAScheduleTuple[0]?.SAScheduleTupleID ?? 1
    const state = bench.state
    answered(bench, exchange)
    const mine = bench.response
    const theirs = codeOf(response.body)
    const ours = mine?.kind === 'response' ? codeOf(mine) : `nothing (${bench.ended?.code ?? 'waits'}: ${bench.ended?.detail ?? ''})`
    if (mine?.kind === 'response' && alike(mine, response.body)) agreed++
    else disagreements.push(`${index} ${request.body.message}Req in ${state}: recorded ${theirs}, ours ${ours}`)
    over = isFailed(theirs) || bench.ended !== undefined
  }
  return { agreed, bridged, skipped, disagreements }
}
