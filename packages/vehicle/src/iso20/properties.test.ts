import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, seconds, seeded, volts, watts } from '@voltway/units'
import type { CarTold, CarWord } from '../machine/car-words.ts'
import { isDirectCurrent } from '../machine/charging.ts'
import type { EndReason } from '../machine/end-reason.ts'
import type { Input, Output, Step } from '../machine/machine.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import type { TimerName } from '../machine/timeouts.ts'
import { readMessage, writeMessage } from './codec.ts'
import { evccBegin, evccStep } from './evcc/evcc.ts'
import type { EvccSession } from './evcc/state.ts'
import { EVCC_TABLE, evccEventOf } from './evcc/table.ts'
import type { Bounds } from './secc/bounds.ts'
import { currentBounds } from './secc/charge-parameters.ts'
import { seccBegin, seccStep } from './secc/secc.ts'
import type { SeccSession } from './secc/state.ts'
import { SECC_TABLE, seccEventOf } from './secc/table.ts'
import { evccOptions, obligingCar, obligingStation, SESSION_ID, seccOptions } from './testing/ends.ts'
import { sampleRequests } from './testing/sample-requests.ts'

type Frame = Extract<Output<never>, { kind: 'send' }>
type Random = () => number

const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]

/** One end with what it must keep. */
class End<State extends { readonly name: string; readonly ended: EndReason | undefined }, Word, Told extends { readonly told: string }> {
  state: State
  closed = false
  readonly timers = new Set<TimerName>()
  readonly sent: Frame[] = []
  readonly said: Told[] = []
  readonly step: (state: State, input: Input<Word>) => Step<State, Told>
  constructor(begun: Step<State, Told>, step: (state: State, input: Input<Word>) => Step<State, Told>) {
    this.state = begun.state
    this.step = step
    this.take(begun.outputs)
  }
  feed(input: Input<Word>): readonly Output<Told>[] {
    const before = this.state
    const { state, outputs } = this.step(before, input)
    const again = this.step(before, input)
    assert.deepEqual(again.outputs, outputs, 'the same input gives the same outputs')
    if (before.ended !== undefined) assert.deepEqual([state, outputs], [before, []], 'nothing comes after the end')
    this.state = state
    this.take(outputs)
    if (state.ended !== undefined && before.ended === undefined) {
      assert.equal(this.closed, false, `the contactor is closed after ${JSON.stringify(state.ended)}`)
      assert.deepEqual(outputs.filter(({ kind }) => kind === 'endLink').length, 1)
      assert.equal(outputs.at(-1)?.kind, 'endLink')
    }
    return outputs
  }
  take(outputs: readonly Output<Told>[]): void {
    for (const output of outputs) {
      if (output.kind === 'send') {
        const read = readMessage(output.payloadType, output.payload)
        assert.ok(read.ok, read.ok ? '' : `what was sent cannot be read: ${read.failure.detail}`)
        this.sent.push(output)
      } else if (output.kind === 'startTimer') this.timers.add(output.timer)
      else if (output.kind === 'cancelTimer') this.timers.delete(output.timer)
      else if (output.kind === 'tell') {
        if (output.told.told === 'closeContactor') this.closed = true
        if (output.told.told === 'openContactor') this.closed = false
        this.said.push(output.told)
      }
    }
  }
}

const stationWords = (random: Random): readonly StationWord[] => [
  { word: 'authorised' },
  { word: 'refused', reason: 'unknown' },
  { word: 'waitingForCustomer' },
  { word: 'offer', schedules: [{ id: 1, power: [{ start: seconds(0), maxPower: watts(random() * 60_000) }] }] },
  {
    word: 'limits',
    limits: { charge: { maxPower: watts(random() * 90_000), maxCurrent: amperes(random() * 300), maxVoltage: volts(random() * 900) } },
  },
  { word: 'setPoint', power: watts((random() - 0.5) * 200_000) },
  { word: 'measured', voltage: volts(random() * 500), current: amperes(random() * 50), meter: { meterId: 'M' } },
  { word: 'cableChecked', isolation: 'valid' },
  { word: 'contactor', closed: random() < 0.7 },
  { word: 'positioned', step: 'connect', done: random() < 0.7 },
  { word: 'stop', within: seconds(9) },
  { word: 'pause', within: seconds(9) },
  { word: 'renegotiate', within: seconds(9) },
  { word: 'renegotiate', within: seconds(9), of: 'services' },
  { word: 'exitStandby', within: seconds(1) },
  { word: 'receiptWanted' },
  { word: 'certificate', exiResponse: undefined },
  { word: 'residualCurrent', tripped: false },
]

const carWords = (random: Random): readonly CarWord[] => [
  { word: 'battery', voltage: volts(random() * 500), targetVoltage: volts(random() * 900), targetCurrent: amperes((random() - 0.3) * 900) },
  { word: 'needs', needs: { departure: seconds(random() * 9_000) } },
  { word: 'choose', profile: { scheduleId: 1, entries: [{ start: seconds(0), power: watts(random() * 12_000) }] } },
  { word: 'stop' },
  { word: 'pause' },
  { word: 'renegotiate' },
  { word: 'renegotiate', of: 'services' },
  { word: 'standby' },
  { word: 'wake' },
]

const AT = epochMs(1_800_000_000_000)
const TRANSFERS = ['AC_three_phase', 'AC_BPT', 'DC', 'DC_BPT', 'WPT', 'DC_ACDP'] as const

const begin = (random: Random) => {
  const transfer = pick(random, TRANSFERS) ?? 'DC'
  const car = evccOptions(transfer)
  const options = seccOptions([transfer])
  const [chosen] = options.protocols.flatMap((protocol) => protocol.supported(options))
  assert.ok(chosen)
  const control = random() < 0.5 ? 'scheduled' : 'dynamic'
  const evcc = { ...car, needs: { ...car.needs, control } } as const
  return {
    secc: new End<SeccSession, StationWord, StationTold>(seccBegin(options, chosen), seccStep),
    evcc: new End<EvccSession, CarWord, CarTold>(evccBegin(evcc, chosen, AT), evccStep),
  }
}

/** What an output is told to do is never above what was announced, nor above what the station can do by now. */
const withinLimits = ({ station, facts, ...session }: SeccSession, outputs: readonly Output<StationTold>[]) => {
  const { announced } = facts
  const now = currentBounds({ ...session, station, facts })
  if (announced === undefined || now === undefined || !isDirectCurrent(facts.energy?.transfer ?? 'AC_BPT')) return
  for (const output of outputs) {
    if (output.kind !== 'tell' || output.told.told !== 'target') continue
    const { power = watts(0), current = amperes(0), voltage = volts(0) } = output.told
    const slack = 1e-6
    const both: readonly Bounds[] = [announced, now]
    for (const limit of both) {
      const direction = power < 0 || current < 0 ? limit.discharge : limit.charge
      assert.ok(Math.abs(power) <= direction.maxPower + slack, `${power} W of ${direction.maxPower}`)
      assert.ok(Math.abs(current) <= direction.maxCurrent + slack, `${current} A of ${direction.maxCurrent}`)
      assert.ok(voltage <= limit.charge.maxVoltage + slack, `${voltage} V of ${limit.charge.maxVoltage}`)
    }
  }
}

const toSecc = (end: ReturnType<typeof begin>['secc'], input: Input<StationWord>) => {
  const before = end.state
  const outputs = end.feed(input)
  withinLimits(end.state, outputs)
  if (input.kind !== 'frame' || before.ended !== undefined || end.state.ended !== undefined) return
  const read = readMessage(input.payloadType, input.payload)
  if (!read.ok || read.value.body.kind === 'response' || end.state.held !== undefined) return
  const allowed = SECC_TABLE[before.name][seccEventOf(read.value.body, read.value.stream)]
  assert.ok(allowed.includes(end.state.name), `${before.name} -> ${end.state.name} by ${read.value.body.message}`)
}

const toEvcc = (end: ReturnType<typeof begin>['evcc'], input: Input<CarWord>) => {
  const before = end.state
  end.feed(input)
  if (input.kind !== 'frame' || before.ended !== undefined || end.state.ended !== undefined) return
  const read = readMessage(input.payloadType, input.payload)
  assert.ok(read.ok)
  const allowed = EVCC_TABLE[before.name][evccEventOf(read.value.body.message, read.value.stream)]
  assert.ok(allowed.includes(end.state.name), `${before.name} -> ${end.state.name} by ${read.value.body.message}`)
}

const spoiled = (random: Random, frame: Frame): Frame => {
  const payload = Uint8Array.from(frame.payload)
  const place = Math.floor(random() * payload.length)
  payload[place] = (payload[place] ?? 0) ^ (1 << Math.floor(random() * 8))
  return random() < 0.9 ? { ...frame, payload } : { ...frame, payloadType: 0x8001 + Math.floor(random() * 6) }
}

/** One session in which anything may come at any time; `wild` says how often it does. */
const wander = (seed: number, wild: number): readonly [string, string] => {
  const random = seeded(seed)
  const { secc, evcc } = begin(random)
  const oblige = obligingStation([{ id: 1, power: [{ start: seconds(0), maxPower: watts(11_000) }] }])
  const samples = sampleRequests()
  let [toS, toE, heardS, heardE] = [0, 0, 0, 0]
  let ms = 0
  for (let round = 0; round < 260; round++) {
    ms += Math.floor(random() * 50)
    const at = epochMs(AT + ms)
    const trouble = random() < wild
    const frameS = evcc.sent[toS]
    const frameE = secc.sent[toE]
    const frame = (one: Frame) => ({ ...(trouble && random() < 0.3 ? spoiled(random, one) : one), kind: 'frame', at }) as const
    if (frameS !== undefined) toSecc(secc, frame(evcc.sent[toS++] ?? frameS))
    else if (frameE !== undefined) toEvcc(evcc, frame(secc.sent[toE++] ?? frameE))
    else if (heardS < secc.said.length) {
      const told = secc.said[heardS++]
      for (const [, word] of told ? oblige(told) : []) toSecc(secc, { kind: 'word', at, word })
    } else if (heardE < evcc.said.length) {
      const told = evcc.said[heardE++]
      for (const [, word] of told ? obligingCar(told) : []) toEvcc(evcc, { kind: 'word', at, word })
    } else if (evcc.timers.has('Voltway_EVCC_Pace')) {
      evcc.timers.delete('Voltway_EVCC_Pace')
      toEvcc(evcc, { kind: 'timer', at, timer: 'Voltway_EVCC_Pace' })
    } else if (secc.state.held !== undefined && secc.timers.has('V2G_SECC_Msg_Performance_Time'))
      toSecc(secc, { kind: 'timer', at, timer: 'V2G_SECC_Msg_Performance_Time' })
    if (!trouble) continue
    const word = pick(random, stationWords(random))
    const carWord = pick(random, carWords(random))
    if (random() < 0.6 && word) toSecc(secc, { kind: 'word', at, word })
    if (random() < 0.5 && carWord) toEvcc(evcc, { kind: 'word', at, word: carWord })
    if (random() < 0.06) {
      const sample = pick(random, samples)
      const written =
        sample && writeMessage({ stream: sample.stream, sessionId: SESSION_ID, timeStamp: 1n, body: { kind: 'request', ...sample.body } })
      if (written?.ok) toSecc(secc, { kind: 'frame', at, ...written.value })
    }
    const timer = pick(random, [...evcc.timers])
    if (timer !== undefined && random() < 0.02) toEvcc(evcc, { kind: 'timer', at, timer })
    if (random() < 0.01) toSecc(secc, { kind: 'linkEnded', at })
    if (random() < 0.01) toSecc(secc, { kind: 'word', at, word: { word: 'emergency', cause: 'test' } })
    if (random() < 0.01) toEvcc(evcc, { kind: 'word', at, word: { word: 'emergency', cause: 'test' } })
  }
  return [secc.state.ended?.code ?? secc.state.name, evcc.state.ended?.code ?? evcc.state.name]
}

test('a station that gets any request in any state answers in the schema, follows its table and ends open', () => {
  const samples = sampleRequests()
  const reached = new Set<string>()
  for (let seed = 1; seed <= 24; seed++) {
    const random = seeded(seed)
    const { secc } = begin(random)
    const oblige = obligingStation()
    for (let round = 0; round < 60 && secc.state.ended === undefined; round++) {
      const at = epochMs(AT + round * 100)
      reached.add(secc.state.name)
      const sessionId = secc.state.name === 'sessionSetup' ? new Uint8Array(8) : secc.state.sessionId
      const frames = samples.flatMap(({ stream, body }) => {
        const written = writeMessage({ stream, sessionId, timeStamp: 1n, body: { kind: 'request', ...body } })
        return written.ok ? [{ kind: 'frame', at, ...written.value } as const] : []
      })
      // Mostly what does not end the session: a machine can be asked what it would do.
      const living = frames.filter((one) => seccStep(secc.state, one).state.ended === undefined)
      const frame = pick(random, random() < 0.98 ? living : frames)
      if (frame !== undefined && secc.state.held === undefined) toSecc(secc, frame)
      for (const told of secc.said.splice(0)) for (const [, word] of oblige(told)) toSecc(secc, { kind: 'word', at, word })
      const word = pick(random, stationWords(random))
      if (word && random() < 0.1) toSecc(secc, { kind: 'word', at, word })
    }
  }
  assert.ok(reached.size >= 20, [...reached].join(' '))
})

for (const [sentence, wild, seeds] of [
  ['left alone, two ends come to deliver energy', 0, 12],
  ['with words at any time, two ends keep to their tables and their limits', 0.12, 60],
  ['with frames spoiled, lost timers and links cut, nothing throws and both end open', 0.5, 80],
] as const)
  test(sentence, () => {
    const ends = Array.from({ length: seeds }, (_, seed) => wander(seed + 1, wild))
    if (wild === 0)
      assert.ok(
        ends.every((names) => names.every((name) => name.endsWith('harging'))),
        ends.join(' | '),
      )
    else assert.ok(new Set(ends.map(([station]) => station)).size > 3, ends.join(' | '))
  })
