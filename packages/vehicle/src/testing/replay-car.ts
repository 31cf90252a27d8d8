import { amperes, epochMs, ok, volts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { isAlarm } from '../iso2/evcc/notice.ts'
import { isFailed, type MessageName, type RequestBody, type ResponseBody } from '../iso2/message.ts'
import { voltsOf } from '../iso2/physical.ts'
import { CERTIFICATE_SERVICE, CHARGE_SERVICE } from '../iso2/services.ts'
import type { CarTold, CarWord } from '../machine/car-words.ts'
import { type EnergyTransfer, isDirectCurrent } from '../machine/charging.ts'
import type { EndReason } from '../machine/end-reason.ts'
import type { Input, Output, Running } from '../machine/machine.ts'
import type { EvccOptions, EvccProtocol } from '../machine/options.ts'
import { AC_NEEDS, DC_NEEDS, EVCC_OPTIONS } from './peers.ts'
import { contractOf, evccCrypto, testPki } from './plug-and-charge.ts'
import { type Exchange, type RecordedSession, responseOf } from './recorded-exchange.ts'

export interface ReplayedCar {
  /** Responses that our car took and went on from. */
  readonly accepted: number
  /** Refusals of the recorded station that ended our car's session too. */
  readonly refused: number
  /** Without a response, after the end, or where our car had no question left that the recorded one still had. */
  readonly skipped: number
  readonly disagreements: readonly string[]
}

const AT = epochMs(1_790_000_000_000)
const PKI = testPki()

const requestOf = <Name extends MessageName>({ exchanges }: RecordedSession, name: Name) =>
  exchanges.flatMap(({ request }) =>
    request.body.message === name ? [request.body.value as (RequestBody & { readonly message: Name })['value']] : [],
  )[0]

const transferOf = (session: RecordedSession): EnergyTransfer => {
  const mode = requestOf(session, 'ChargeParameterDiscovery')?.RequestedEnergyTransferMode ?? 'DC_extended'
  return mode === 'AC_single_phase_core' ? 'AC_single_phase' : mode === 'AC_three_phase_core' ? 'AC_three_phase' : 'DC'
}

/** A car like the recorded one, in what it asks for. */
const optionsOf = (session: RecordedSession): EvccOptions => {
  const transfer = transferOf(session)
  const selection = requestOf(session, 'PaymentServiceSelection')
  const services = selection?.SelectedServiceList.SelectedService ?? []
  return {
    ...EVCC_OPTIONS,
    link: { security: session.secure ? 'tls1.2' : 'none' },
    transfers: [transfer],
    payments: [selection?.SelectedPaymentOption === 'Contract' ? 'contract' : 'eim'],
    needs: { ...(isDirectCurrent(transfer) ? DC_NEEDS : AC_NEEDS), transfer },
    valueAdded: services
      .filter(({ ServiceID }) => ServiceID !== CHARGE_SERVICE && ServiceID !== CERTIFICATE_SERVICE)
      .map(({ ServiceID }) => ({ id: ServiceID })),
    certificate: requestOf(session, 'CertificateInstallation') === undefined ? 'none' : 'install',
    policy: {
      ...EVCC_OPTIONS.policy,
      weldingDetection: requestOf(session, 'WeldingDetection') === undefined ? 'skip' : 'ask',
    },
    crypto: { ...evccCrypto(PKI), install: () => ok({ ...contractOf(PKI), privateKey: new Uint8Array(32) }) },
  }
}

/** What the car says before a response, so that ours goes the way that the recorded one went next. */
const wordsBefore = ({ body }: { readonly body: ResponseBody }, next: RequestBody | undefined): readonly CarWord[] => {
  const { message } = body
  const leaves = next?.message === 'SessionStop' || (next?.message === 'PowerDelivery' && next.value.ChargeProgress === 'Stop')
  if (message === 'PreCharge') {
    const present = voltsOf(body.value.EVSEPresentVoltage)
    const battery = {
      word: 'battery',
      targetVoltage: next?.message === 'PreCharge' ? volts(present + 100) : present,
      targetCurrent: amperes(1),
    } as const
    return leaves ? [battery, { word: 'stop' }] : [battery]
  }
  return leaves && (message === 'CurrentDemand' || message === 'ChargingStatus') ? [{ word: 'stop' }] : []
}

/** One car's machine by itself, from SessionSetup on. */
class CarBench {
  #session: Running<CarWord, CarTold>
  readonly #read: RecordedSession['dialect']['read']
  asked: MessageName | undefined
  /** It parts in order from here on: a recorded car may have charged on, or left in another order. */
  leaves = false
  constructor(protocol: EvccProtocol, session: RecordedSession) {
    this.#read = session.dialect.read
    const { state, outputs } = protocol.begin(optionsOf(session), session.dialect, AT)
    this.#session = state
    this.#took(outputs)
  }
  get ended(): EndReason | undefined {
    return this.#session.ended
  }
  get state(): string {
    return this.#session.stateName
  }
  give(input: Input<CarWord>): void {
    if (input.kind === 'word' && input.word.word === 'stop') this.leaves = true
    const { state, outputs } = this.#session.step(input)
    this.#session = state
    this.#took(outputs)
  }
  #took(outputs: readonly Output<CarTold>[]): void {
    for (const output of outputs) {
      if (output.kind === 'send') {
        const message = this.#read(output.payload)
        if (!message.ok) throw new Error(message.failure.detail)
        this.asked = message.value.body.message
      }
      if (output.kind === 'tell' && output.told.told === 'notified') this.leaves = true
      if (output.kind === 'tell' && output.told.told === 'offers') {
        const [schedule] = output.told.schedules
        this.give({ kind: 'word', at: AT, word: { word: 'choose', profile: { scheduleId: schedule?.id ?? 1, entries: [] } } })
      }
    }
  }
}

const goesOn = (bench: CarBench): void => bench.give({ kind: 'timer', at: AT, timer: 'Voltway_EVCC_Pace' })

/** Brings our car over what was left out of a recording, by the answers of a station that is ready at once. */
const bridge = (bench: CarBench, session: RecordedSession, wanted: MessageName): void => {
  const voltage = responseOf(session, 'CurrentDemand')?.value.EVSEPresentVoltage
  const status = responseOf(session, 'CurrentDemand')?.value.DC_EVSEStatus
  if (voltage === undefined || status === undefined || wanted !== 'CurrentDemand') return
  const sessionId = responseOf(session, 'SessionSetup')?.sessionId ?? new Uint8Array(8)
  const ready = { ResponseCode: 'OK', DC_EVSEStatus: status } as const
  const answers: Readonly<Partial<Record<MessageName, ResponseBody>>> = {
    CableCheck: { message: 'CableCheck', value: { ...ready, EVSEProcessing: 'Finished' } },
    PreCharge: { message: 'PreCharge', value: { ...ready, EVSEPresentVoltage: voltage } },
    PowerDelivery: { message: 'PowerDelivery', value: ready },
  }
  bench.give({ kind: 'word', at: AT, word: { word: 'battery', targetVoltage: voltsOf(voltage), targetCurrent: amperes(1) } })
  for (let steps = 0; steps < 4 && bench.asked !== wanted; steps++) {
    const body = bench.asked && answers[bench.asked]
    const written = body && session.dialect.write({ sessionId, body: { kind: 'response', ...body } })
    if (!written?.ok) return
    bench.give({ kind: 'frame', at: AT, payloadType: PAYLOAD_TYPE.exi, payload: written.value })
    goesOn(bench)
  }
}

const alarms = ({ value }: ResponseBody): boolean => 'DC_EVSEStatus' in value && isAlarm(value.DC_EVSEStatus)
const endOf = (bench: CarBench): EndReason | undefined => bench.ended

/** Plays a recorded station against our car. */
export const replayAgainstCar = (session: RecordedSession, protocol: EvccProtocol): ReplayedCar => {
  const bench = new CarBench(protocol, session)
  const disagreements: string[] = []
  let accepted = 0
  let refused = 0
  let skipped = 0
  for (const [index, { response, afterCut, request }] of session.exchanges.entries()) {
    if (response === undefined || bench.ended !== undefined) {
      skipped++
      continue
    }
    if (afterCut && bench.asked !== request.body.message) bridge(bench, session, request.body.message)
    if (bench.asked !== response.body.message) {
      // Our car had no more to ask here: the recorded one looked for welded contactors longer, or left in another way.
      if (response.body.message === 'WeldingDetection' || bench.leaves) skipped++
      else disagreements.push(`${index} ${response.body.message}Res: our car is in ${bench.state}`)
      continue
    }
    const next: Exchange | undefined = session.exchanges[index + 1]
    for (const word of wordsBefore(response, next?.request.body)) bench.give({ kind: 'word', at: AT, word })
    bench.give({ kind: 'frame', at: AT, payloadType: PAYLOAD_TYPE.exi, payload: response.exi })
    const failed = isFailed(response.body.value.ResponseCode) || alarms(response.body)
    const end = endOf(bench)
    if (failed && end?.code === 'refused') refused++
    else if (!failed && (end === undefined || end.code === 'finished' || end.code === 'paused')) accepted++
    else disagreements.push(`${index} ${response.body.message}Res ${response.body.value.ResponseCode}: ${JSON.stringify(end)}`)
    goesOn(bench)
  }
  return { accepted, refused, skipped, disagreements }
}
