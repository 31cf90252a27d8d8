import { type EpochMs, epochMs } from '@voltway/units'
import type { CarTold, CarWord } from '../../machine/car-words.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import { type EvccState, evcc, evccEnd } from '../../machine/evcc.ts'
import type { Input, Output } from '../../machine/machine.ts'
import type { EvccOptions, SeccOptions } from '../../machine/options.ts'
import { type SeccState, secc, seccEnd } from '../../machine/secc.ts'
import type { StationTold, StationWord } from '../../machine/station-words.ts'
import type { TimerName } from '../../machine/timeouts.ts'
import { readMessage } from '../codec.ts'
import type { Message } from '../message.ts'

/** What the environment of an end says after it was told something: words with the milliseconds until they are said. */
export type Says<Word> = readonly (readonly [after: number, word: Word])[]

export interface Ends {
  readonly secc: SeccOptions
  readonly evcc: EvccOptions
  readonly station: (told: StationTold, at: number) => Says<StationWord>
  readonly car: (told: CarTold, at: number) => Says<CarWord>
  /** Words that come of themselves, by milliseconds from the start. */
  readonly stationScript?: Says<StationWord>
  readonly carScript?: Says<CarWord>
  /** Milliseconds after which the run is over; five minutes where it says nothing. */
  readonly until?: number
  /** Changes frames on their way; an empty list loses them. */
  readonly meddle?: (frame: Sent, index: number) => readonly Sent[]
}

export interface Sent {
  readonly from: 'secc' | 'evcc'
  readonly payloadType: number
  readonly payload: Uint8Array
}

/** What happened, in order. */
export interface Course {
  readonly frames: readonly (Sent & { readonly at: number; readonly message: Message | undefined })[]
  readonly station: readonly (StationTold & { readonly at: number })[]
  readonly car: readonly (CarTold & { readonly at: number })[]
  readonly seccEnd: EndReason | undefined
  readonly evccEnd: EndReason | undefined
}

type Event =
  | { readonly to: 'secc'; readonly input: Input<StationWord>; readonly generation?: number }
  | { readonly to: 'evcc'; readonly input: Input<CarWord>; readonly generation?: number }

const WAY_MS = 5
const START = epochMs(1_800_000_000_000)

/** Both ends in memory under a clock of their own: nothing waits, and the same ends give the same course. */
export const connect = (ends: Ends): Course => {
  const { until = 300_000, meddle = (frame: Sent) => [frame] } = ends
  const queue: { readonly at: number; readonly order: number; readonly event: Event }[] = []
  const timers = { secc: new Map<TimerName, number>(), evcc: new Map<TimerName, number>() }
  const frames: Course['frames'][number][] = []
  const station: Course['station'][number][] = []
  const car: Course['car'][number][] = []
  let order = 0
  let at = 0
  const instant = (moment: number): EpochMs => epochMs(START + moment)
  const put = (after: number, make: (at: EpochMs) => Event) => {
    const due = at + after
    queue.push({ at: due, order: order++, event: make(instant(due)) })
  }
  const hear = {
    secc: (says: Says<StationWord>) => {
      for (const [after, word] of says) put(after, (moment) => ({ to: 'secc', input: { kind: 'word', at: moment, word } }))
    },
    evcc: (says: Says<CarWord>) => {
      for (const [after, word] of says) put(after, (moment) => ({ to: 'evcc', input: { kind: 'word', at: moment, word } }))
    },
  }
  const link = (from: 'secc' | 'evcc', output: Exclude<Output<never>, { kind: 'tell' }>) => {
    const other = from === 'secc' ? 'evcc' : 'secc'
    switch (output.kind) {
      case 'send': {
        const frame: Sent = { from, payloadType: output.payloadType, payload: output.payload }
        const read = readMessage(output.payloadType, output.payload)
        frames.push({ ...frame, at, message: read.ok ? read.value : undefined })
        for (const { payloadType, payload } of meddle(frame, frames.length - 1))
          put(WAY_MS, (moment) => ({ to: other, input: { kind: 'frame', at: moment, payloadType, payload } }))
        return
      }
      case 'startTimer': {
        const generation = order++
        timers[from].set(output.timer, generation)
        if (Number.isFinite(output.milliseconds))
          put(output.milliseconds, (moment) => ({ to: from, input: { kind: 'timer', at: moment, timer: output.timer }, generation }))
        return
      }
      case 'cancelTimer':
        timers[from].delete(output.timer)
        return
      case 'endLink':
        timers[from].clear()
        put(WAY_MS, (moment) => ({ to: other, input: { kind: 'linkEnded', at: moment } }))
    }
  }
  const fromSecc = (outputs: readonly Output<StationTold>[]) => {
    for (const output of outputs) {
      if (output.kind !== 'tell') link('secc', output)
      else {
        station.push({ ...output.told, at })
        hear.secc(ends.station(output.told, at))
      }
    }
  }
  const fromEvcc = (outputs: readonly Output<CarTold>[]) => {
    for (const output of outputs) {
      if (output.kind !== 'tell') link('evcc', output)
      else {
        car.push({ ...output.told, at })
        hear.evcc(ends.car(output.told, at))
      }
    }
  }
  const seccBegun = secc.start(ends.secc, instant(0))
  const evccBegun = evcc.start(ends.evcc, instant(0))
  let seccState: SeccState = seccBegun.state
  let evccState: EvccState = evccBegun.state
  fromSecc(seccBegun.outputs)
  fromEvcc(evccBegun.outputs)
  hear.secc(ends.stationScript ?? [])
  hear.evcc(ends.carScript ?? [])
  for (;;) {
    const next = queue.reduce<number>((best, one, index) => {
      const other = queue[best]
      return other !== undefined && (other.at < one.at || (other.at === one.at && other.order < one.order)) ? best : index
    }, 0)
    const [taken] = queue.splice(next, 1)
    if (taken === undefined || taken.at > until) break
    const { event } = taken
    at = taken.at
    if (event.input.kind === 'timer') {
      if (timers[event.to].get(event.input.timer) !== event.generation) continue
      timers[event.to].delete(event.input.timer)
    }
    if (event.to === 'secc') {
      const step = secc.step(seccState, event.input)
      seccState = step.state
      fromSecc(step.outputs)
    } else {
      const step = evcc.step(evccState, event.input)
      evccState = step.state
      fromEvcc(step.outputs)
    }
  }
  return { frames, station, car, seccEnd: seccEnd(seccState), evccEnd: evccEnd(evccState) }
}

/** Names of the messages in order, without those that came again. */
export const sequenceOf = ({ frames }: Course): readonly string[] =>
  frames
    .map(({ message }) =>
      message === undefined ? 'SupportedAppProtocol' : `${message.body.message}${message.body.kind === 'request' ? 'Req' : 'Res'}`,
    )
    .filter((name) => name.endsWith('Req'))
    .map((name) => name.slice(0, -3))
    .filter((name, index, names) => name !== names[index - 1])
