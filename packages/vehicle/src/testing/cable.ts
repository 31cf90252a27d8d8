import { epochMs } from '@voltway/units'
import type { CarTold, CarWord } from '../machine/car-words.ts'
import type { EndReason } from '../machine/end-reason.ts'
import { evcc } from '../machine/evcc.ts'
import type { Input, Output, Step } from '../machine/machine.ts'
import type { EvccOptions, SeccOptions } from '../machine/options.ts'
import { secc } from '../machine/secc.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import type { TimerName } from '../machine/timeouts.ts'

/** A word and after how many milliseconds it is said. */
export type Reply<Word> = Word | readonly [word: Word, afterMs: number]

/** What happened on a cable, in order. */
export interface CableLog {
  readonly at: number
  readonly from: 'secc' | 'evcc'
  readonly output: Output<StationTold | CarTold>
}

export interface CableOptions {
  readonly secc: SeccOptions
  readonly evcc: EvccOptions
  /** What the station and the car say to what they are told. */
  readonly station: (told: StationTold, at: number) => readonly Reply<StationWord>[]
  readonly car: (told: CarTold, at: number) => readonly Reply<CarWord>[]
  /** Words said by themselves, by time. */
  readonly stationSays?: readonly (readonly [afterMs: number, word: StationWord])[]
  readonly carSays?: readonly (readonly [afterMs: number, word: CarWord])[]
  /** Frames that do not arrive, or arrive changed. */
  readonly onWire?: (payload: Uint8Array, from: 'secc' | 'evcc', index: number, payloadType: number) => Uint8Array | undefined
  /** Timers that never run out at the station: one that does not keep its own times. */
  readonly stationForgets?: readonly TimerName[]
  readonly untilMs?: number
}

export interface CableEnd {
  readonly log: readonly CableLog[]
  readonly ends: { readonly secc: EndReason | undefined; readonly evcc: EndReason | undefined }
  readonly at: number
}

interface Due {
  readonly at: number
  readonly run: () => void
}

const START = 1_790_000_000_000
/** A frame takes so long. */
const FLIGHT_MS = 2

class Side<State, Word, Told> {
  state: State
  end: EndReason | undefined
  readonly timers = new Map<TimerName, number>()
  readonly step: (state: State, input: Input<Word>) => Step<State, Told>
  constructor(state: State, step: (state: State, input: Input<Word>) => Step<State, Told>) {
    this.state = state
    this.step = step
  }
}

/** Both ends of a cable in one process under a clock of its own: nothing waits, and the same options give the same log. */
export const runCable = (options: CableOptions): CableEnd => {
  const log: CableLog[] = []
  const queue: Due[] = []
  let now = 0
  let frames = 0
  // Sorted with what is next at the end; of what is due at once, the first put in comes first.
  const later = (afterMs: number, run: () => void) => {
    const at = now + afterMs
    let low = 0
    let high = queue.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (queue[middle]!.at > at) low = middle + 1
      else high = middle
    }
    queue.splice(low, 0, { at, run })
  }
  const stamp = () => epochMs(START + now)

  const sides = {
    secc: new Side(secc.start(options.secc, stamp()).state, secc.step),
    evcc: new Side(evcc.start(options.evcc, stamp()).state, evcc.step),
  }
  const feedSecc = (input: Input<StationWord>) => {
    const { state, outputs } = sides.secc.step(sides.secc.state, input)
    sides.secc.state = state
    carryOut('secc', outputs)
  }
  const feedEvcc = (input: Input<CarWord>) => {
    const { state, outputs } = sides.evcc.step(sides.evcc.state, input)
    sides.evcc.state = state
    carryOut('evcc', outputs)
  }
  const deliver = (to: 'secc' | 'evcc', payloadType: number, payload: Uint8Array) => {
    const frame = { kind: 'frame', at: stamp(), payloadType, payload } as const
    if (to === 'secc') feedSecc(frame)
    else feedEvcc(frame)
  }
  const ranOut = (side: 'secc' | 'evcc', timer: TimerName, due: number) => {
    if (sides[side].timers.get(timer) !== due) return
    if (side === 'secc' && options.stationForgets?.includes(timer)) return
    sides[side].timers.delete(timer)
    const input = { kind: 'timer', at: stamp(), timer } as const
    if (side === 'secc') feedSecc(input)
    else feedEvcc(input)
  }
  const ended = (side: 'secc' | 'evcc') => {
    const input = { kind: 'linkEnded', at: stamp() } as const
    if (side === 'secc') feedSecc(input)
    else feedEvcc(input)
  }
  const say = <Word>(feed: (input: Input<Word>) => void, replies: readonly Reply<Word>[]) => {
    for (const reply of replies) {
      const [word, afterMs] = Array.isArray(reply) ? (reply as readonly [Word, number]) : ([reply as Word, 1] as const)
      later(afterMs, () => feed({ kind: 'word', at: stamp(), word }))
    }
  }
  const carryOut = (from: 'secc' | 'evcc', outputs: readonly Output<StationTold | CarTold>[]) => {
    const other = from === 'secc' ? 'evcc' : 'secc'
    for (const output of outputs) {
      log.push({ at: now, from, output })
      switch (output.kind) {
        case 'send': {
          const payload = options.onWire ? options.onWire(output.payload, from, frames++, output.payloadType) : output.payload
          if (payload !== undefined) later(FLIGHT_MS, () => deliver(other, output.payloadType, payload))
          break
        }
        case 'startTimer': {
          const due = now + output.milliseconds
          sides[from].timers.set(output.timer, due)
          later(output.milliseconds, () => ranOut(from, output.timer, due))
          break
        }
        case 'cancelTimer':
          sides[from].timers.delete(output.timer)
          break
        case 'endLink':
          sides[from].end = output.reason
          sides[from].timers.clear()
          later(FLIGHT_MS + 1, () => ended(other))
          break
        case 'tell':
          if (from === 'secc') say(feedSecc, options.station(output.told as StationTold, now))
          else say(feedEvcc, options.car(output.told as CarTold, now))
      }
    }
  }
  carryOut('secc', secc.start(options.secc, stamp()).outputs)
  carryOut('evcc', evcc.start(options.evcc, stamp()).outputs)
  for (const [afterMs, word] of options.stationSays ?? []) later(afterMs, () => feedSecc({ kind: 'word', at: stamp(), word }))
  for (const [afterMs, word] of options.carSays ?? []) later(afterMs, () => feedEvcc({ kind: 'word', at: stamp(), word }))

  const untilMs = options.untilMs ?? 3_600_000
  while (queue.length > 0) {
    const due = queue.pop()
    if (due === undefined || due.at > untilMs) break
    now = due.at
    due.run()
  }
  return { log, ends: { secc: sides.secc.end, evcc: sides.evcc.end }, at: now }
}
