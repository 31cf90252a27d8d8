import type { CarTold, CarWord } from '../../machine/car-words.ts'
import type { Deviation } from '../../machine/deviation.ts'
import type { EndReason } from '../../machine/end-reason.ts'
import type { EvccOptions, SeccOptions } from '../../machine/options.ts'
import type { StationTold, StationWord } from '../../machine/station-words.ts'
import type { TimerName } from '../../machine/timeouts.ts'
import { type CableLog, runCable } from '../../testing/cable.ts'
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
  /** Timers that never run out at the station. */
  readonly stationForgets?: readonly TimerName[]
  /** Changes messages on their way; undefined loses them. */
  readonly meddle?: (payload: Uint8Array, from: 'secc' | 'evcc', message: Message | undefined) => Uint8Array | undefined
}

export interface SentFrame {
  readonly at: number
  readonly from: 'secc' | 'evcc'
  readonly payloadType: number
  readonly payload: Uint8Array
  /** Undefined: SupportedAppProtocol. */
  readonly message: Message | undefined
}

/** What happened, in order. */
export interface Course {
  readonly frames: readonly SentFrame[]
  readonly station: readonly (StationTold & { readonly at: number })[]
  readonly car: readonly (CarTold & { readonly at: number })[]
  /** What an end took although it should not have been so. */
  readonly deviations: readonly (Deviation & { readonly from: 'secc' | 'evcc' })[]
  readonly seccEnd: EndReason | undefined
  readonly evccEnd: EndReason | undefined
}

/** Long after every timeout of the standard. */
const UNTIL_MS = 300_000

const messageIn = (payload: Uint8Array, payloadType: number): Message | undefined => {
  const read = readMessage(payloadType, payload)
  return read.ok ? read.value : undefined
}

const framesOf = (log: readonly CableLog[]): readonly SentFrame[] =>
  log.flatMap(({ at, from, output }) => {
    if (output.kind !== 'send') return []
    const { payloadType, payload } = output
    return [{ at, from, payloadType, payload, message: messageIn(payload, payloadType) }]
  })

const toldOf = <Told extends StationTold | CarTold>(log: readonly CableLog[], side: 'secc' | 'evcc') =>
  log.flatMap(({ at, from, output }) => (from === side && output.kind === 'tell' ? [{ ...(output.told as Told), at }] : []))

const wordFirst = <Word>(says: Says<Word>) => says.map(([after, word]) => [word, after] as const)

/** Both ends of ISO 15118-20 on one cable, with what they said as messages. */
export const connect = ({ secc, evcc, station, car, stationScript = [], carScript = [], stationForgets = [], meddle }: Ends): Course => {
  const { log, ends } = runCable({
    secc,
    evcc,
    station: (told, at) => wordFirst(station(told, at)),
    car: (told, at) => wordFirst(car(told, at)),
    stationSays: stationScript,
    carSays: carScript,
    stationForgets,
    ...(meddle === undefined ? {} : { onWire: (payload, from, _, payloadType) => meddle(payload, from, messageIn(payload, payloadType)) }),
    untilMs: UNTIL_MS,
  })
  return {
    frames: framesOf(log),
    station: toldOf<StationTold>(log, 'secc'),
    car: toldOf<CarTold>(log, 'evcc'),
    deviations: log.flatMap(({ from, output }) => (output.kind === 'deviation' ? [{ ...output.deviation, from }] : [])),
    seccEnd: ends.secc,
    evccEnd: ends.evcc,
  }
}

/** Names of the requests in order, without those that came again. */
export const sequenceOf = ({ frames }: Course): readonly string[] =>
  frames
    .flatMap(({ message }) => (message?.body.kind === 'request' ? [message.body.message] : []))
    .filter((name, index, names) => name !== names[index - 1])
