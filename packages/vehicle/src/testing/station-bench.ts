import { amperes, epochMs, volts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { Dialect } from '../iso2/dialect.ts'
import type { Message, RequestBody } from '../iso2/message.ts'
import type { SeccStateName } from '../iso2/secc/table.ts'
import type { EndReason } from '../machine/end-reason.ts'
import type { Output, Running, Step } from '../machine/machine.ts'
import type { SeccOptions, SeccProtocol } from '../machine/options.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import type { TimerName } from '../machine/timeouts.ts'
import { OFFER } from './peers.ts'
import { sampleRequests } from './sample-requests.ts'

export const AT = epochMs(1_790_000_000_000)
type Session = Running<StationWord, StationTold>
type Outputs = readonly Output<StationTold>[]

/** One station's machine by itself, from SessionSetup on, asked request by request. */
export class StationBench {
  #session: Session
  readonly dialect: Dialect
  readonly sessionId: Uint8Array
  last: Outputs = []
  /** The number of the schedule that was offered. */
  offered = 1
  constructor(protocol: SeccProtocol, dialect: Dialect, options: SeccOptions) {
    this.dialect = dialect
    this.sessionId = options.sessionId
    const { state, outputs } = protocol.begin(options, dialect, AT)
    this.#session = state
    this.last = outputs
  }
  #took({ state, outputs }: Step<Session, StationTold>): Outputs {
    this.#session = state
    this.last = outputs
    return outputs
  }
  get state(): string {
    return this.#session.stateName
  }
  get ended(): EndReason | undefined {
    return this.#session.ended
  }
  bytes(payload: Uint8Array, payloadType: number = PAYLOAD_TYPE.exi): Outputs {
    return this.#took(this.#session.step({ kind: 'frame', at: AT, payloadType, payload }))
  }
  ask(body: RequestBody, sessionId = this.sessionId, signature?: Message['signature']): Outputs {
    const written = this.dialect.write({ sessionId, body: { kind: 'request', ...body }, ...(signature === undefined ? {} : { signature }) })
    if (!written.ok) throw new Error(written.failure.detail)
    return this.bytes(written.value)
  }
  say(word: StationWord): Outputs {
    return this.#took(this.#session.step({ kind: 'word', at: AT, word }))
  }
  runOut(timer: TimerName): Outputs {
    return this.#took(this.#session.step({ kind: 'timer', at: AT, timer }))
  }
  cut(): Outputs {
    return this.#took(this.#session.step({ kind: 'linkEnded', at: AT }))
  }
  /** The response among the last outputs. */
  get response(): Message['body'] | undefined {
    const sent = this.last.find((output) => output.kind === 'send')
    if (sent === undefined) return undefined
    const read = this.dialect.read(sent.payload)
    if (!read.ok) throw new Error(read.failure.detail)
    return read.value.body
  }
  get told(): readonly StationTold[] {
    return this.last.flatMap((output) => (output.kind === 'tell' ? [output.told] : []))
  }
}

type Step1 = readonly [event: keyof ReturnType<typeof sampleRequests>, ...words: readonly StationWord[]]
const START: readonly Step1[] = [
  ['SessionSetup'],
  ['ServiceDiscovery'],
  ['PaymentServiceSelection', { word: 'authorised' }],
  ['Authorization', { word: 'offer', schedules: [OFFER] }],
]
const CLOSED: StationWord = { word: 'contactor', closed: true }
const OPEN: StationWord = { word: 'contactor', closed: false }
const DC: readonly Step1[] = [...START, ['ChargeParameterDiscovery'], ['CableCheck', { word: 'cableChecked', isolation: 'valid' }]]
const DC_ON: readonly Step1[] = [
  ...DC,
  ['CableCheck'],
  ['PreCharge', { word: 'measured', voltage: volts(400), current: amperes(0) }],
  ['PowerDelivery(Start)', CLOSED],
]
const AC_ON: readonly Step1[] = [...START, ['ChargeParameterDiscovery'], ['PowerDelivery(Start)', CLOSED]]

/** How a station comes into each state that a car with an external payment can reach. */
export const WAYS: Readonly<Partial<Record<SeccStateName, { readonly direct: boolean; readonly way: readonly Step1[] }>>> = {
  sessionSetup: { direct: true, way: [] },
  serviceDiscovery: { direct: true, way: START.slice(0, 1) },
  serviceSelection: { direct: true, way: START.slice(0, 2) },
  authorization: { direct: true, way: START.slice(0, 3) },
  chargeParameters: { direct: true, way: START },
  cableCheck: { direct: true, way: DC.slice(0, -1) },
  preCharge: { direct: true, way: [...DC, ['CableCheck']] },
  preCharging: { direct: true, way: DC_ON.slice(0, -1) },
  dcCharging: { direct: true, way: DC_ON },
  dcStopped: { direct: true, way: [...DC_ON, ['PowerDelivery(Stop)', OPEN]] },
  acReady: { direct: false, way: AC_ON.slice(0, -1) },
  acCharging: { direct: false, way: AC_ON },
  acStopped: { direct: false, way: [...AC_ON, ['PowerDelivery(Stop)', OPEN]] },
}

export const walk = (bench: StationBench, { direct, way }: { readonly direct: boolean; readonly way: readonly Step1[] }): StationBench => {
  const requests = sampleRequests(direct)
  for (const [event, ...words] of way) {
    bench.ask(requests[event])
    for (const word of words) bench.say(word)
  }
  return bench
}
