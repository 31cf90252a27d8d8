import type { EpochMs } from '@voltway/units'
import type { AppProtocol } from './app-protocol.ts'
import type { CarTold, CarWord } from './car-words.ts'
import type { ChargingNeeds, EnergyTransfer, Payment, PriceForm, SelectedService, SupplyLimits, ValueAddedService } from './charging.ts'
import type { EvccCrypto, SeccCrypto } from './crypto.ts'
import type { Running, Step } from './machine.ts'
import type { EvccPolicy, SeccPolicy } from './policy.ts'
import type { PausedSession, StationTold, StationWord } from './station-words.ts'
import type { ProtocolName } from './timeouts.ts'

/** The link as it was set up before the machine starts. */
export interface LinkFacts {
  readonly security: 'none' | 'tls1.2' | 'tls1.3'
  /** DER of the other end's leaf, where it showed one. */
  readonly peerCertificate?: Uint8Array
  /** When the data link came up, before the discovery, as far as it is known; absent: at the start of the machine. */
  readonly dataLinkSince?: EpochMs
}

/** What a station leaves open to its cars. */
export interface Freedoms {
  /** In the order of preference. */
  readonly controls: readonly ChargingNeeds['control'][]
  /** Prices that a service may be asked with; one without prices is always there. */
  readonly prices: readonly PriceForm[]
  readonly renegotiateServices: boolean
  readonly standby: boolean
  readonly pause: boolean
}

export const EVERY_FREEDOM: Freedoms = {
  controls: ['scheduled', 'dynamic'],
  prices: ['levels', 'absolute'],
  renegotiateServices: true,
  standby: true,
  pause: true,
}

/** One session of a station. Whatever is random is given. */
export interface SeccOptions {
  readonly link: LinkFacts
  /** In the order of nothing: the car's priorities decide. */
  readonly protocols: readonly SeccProtocol[]
  readonly policy: SeccPolicy
  /** As ISO 15118 writes it, `DE*ABC*E1`, and `checkEvseId` lets it pass; DIN 70121 gets it as bytes. */
  readonly evseId: string
  /** Eight random bytes, for a session that is new. */
  readonly sessionId: Uint8Array
  /** Sixteen random bytes. */
  readonly challenge: Uint8Array
  readonly payments: readonly Payment[]
  readonly freeService: boolean
  readonly transfers: readonly EnergyTransfer[]
  readonly limits: SupplyLimits
  readonly valueAdded: readonly ValueAddedService[]
  /** What ISO 15118-20 can negotiate; absent: `EVERY_FREEDOM`. */
  readonly freedoms?: Freedoms
  /** CertificateInstallation and CertificateUpdate are offered. */
  readonly certificateService: boolean
  /** Sessions that may be gone on with. */
  readonly paused: readonly PausedSession[]
  readonly crypto?: SeccCrypto
}

/** One session of a car. */
export interface EvccOptions {
  readonly link: LinkFacts
  /** In the order of preference. */
  readonly protocols: readonly EvccProtocol[]
  readonly policy: EvccPolicy
  /** The MAC address, six bytes; ISO 15118-20 writes it as text. */
  readonly evccId: Uint8Array
  /** In the order of preference. */
  readonly transfers: readonly EnergyTransfer[]
  readonly payments: readonly Payment[]
  readonly needs: ChargingNeeds
  /** What is taken of what is offered. */
  readonly valueAdded: readonly SelectedService[]
  /** What is asked before paying by contract. */
  readonly certificate: 'none' | 'install' | 'update'
  readonly resume?: PausedSession
  /** Between two requests of the same kind. Milliseconds, below the sequence timeout of the protocol. */
  readonly pace: number
  readonly crypto?: EvccCrypto
}

/**
 * What a protocol counts its set-up from: DIN 70121 and ISO 15118-2 from the data link, so that the discovery is in it, ISO 15118-20 from the
 * TCP or TLS link that a machine starts with. V2G2-716, V2G20-2298, V2G20-2303.
 */
export type SetUpFrom = 'dataLink' | 'link'

/** One end of one protocol, as SupportedAppProtocol finds it. */
interface Protocol<Options, Word, Told> {
  readonly name: ProtocolName
  readonly setUpFrom: SetUpFrom
  /** What can be offered or taken with these options over this link: none where the link or the energy transfers do not fit. */
  readonly supported: (options: Options) => readonly AppProtocol[]
  /** Goes on after SupportedAppProtocol. The timer of communication set-up still runs and is the protocol's to cancel. */
  readonly begin: (options: Options, chosen: AppProtocol, at: EpochMs) => Step<Running<Word, Told>, Told>
}

export type SeccProtocol = Protocol<SeccOptions, StationWord, StationTold>
export type EvccProtocol = Protocol<EvccOptions, CarWord, CarTold>
