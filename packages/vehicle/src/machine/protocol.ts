import type { EpochMs } from '@voltway/units'
import type { CarTold, CarWord } from './car-words.ts'
import type { Running, Step } from './machine.ts'
import type { EvccOptions, SeccOptions } from './options.ts'
import type { StationTold, StationWord } from './station-words.ts'
import type { ProtocolName } from './timeouts.ts'

/** One entry of SupportedAppProtocol. */
export interface AppProtocol {
  readonly namespace: string
  readonly major: number
  readonly minor: number
}

/** One end of one protocol, as SupportedAppProtocol finds it. */
interface Protocol<Options, Word, Told> {
  readonly name: ProtocolName
  /** What can be offered or taken with these options over this link: none where the link or the energy transfers do not fit. */
  readonly supported: (options: Options) => readonly AppProtocol[]
  /** Goes on after SupportedAppProtocol. The timer of communication set-up still runs and is the protocol's to cancel. */
  readonly begin: (options: Options, chosen: AppProtocol, at: EpochMs) => Step<Running<Word, Told>, Told>
}

export type SeccProtocol = Protocol<SeccOptions, StationWord, StationTold>
export type EvccProtocol = Protocol<EvccOptions, CarWord, CarTold>
