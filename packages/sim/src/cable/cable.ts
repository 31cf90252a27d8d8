import type { KeyObject } from 'node:crypto'
import type { EpochMs } from '@voltway/units'
import type { ContractCredential, LocalTariff } from '@voltway/vehicle'
import type { Credential, StationTls } from '@voltway/vehicle/transport'

/** What a station needs to speak ISO 15118 with the cars that are plugged into it. */
export interface HighLevel {
  /** Certificates; without them only plain TCP is spoken, where the site is trusted. */
  readonly tls?: StationTls | undefined
  /** A closed user group: plain TCP is served, too. */
  readonly trusted: boolean
  /** DER of the roots that contracts are believed by; without any, none is taken. */
  readonly contractRoots: readonly Uint8Array[]
  readonly randomBytes: (length: number) => Uint8Array
  /** Of its EVSEs in their order, as ISO 15118 writes them; made of its identity where they are not told. */
  readonly evseIds?: readonly string[] | undefined
  /** Prices of its own, in money, for cars that understand them: OCPP 2.0.1 has no words for such prices, ISO 15118-20 has. */
  readonly tariff?: LocalTariff | undefined
  /**
   * Keys of the mobility operator's sub-CA 2, which issues contracts in each generation: prices for cars that pay by contract are signed with the one
   * that issued theirs, which they ask for.
   */
  readonly tariffKeys?: { readonly iso2?: KeyObject | undefined; readonly iso20?: KeyObject | undefined } | undefined
  /** What a car is given to stop in order, in real seconds; 10 unless told. One that draws on is then cut off. */
  readonly stopWithinSeconds?: number | undefined
}

/** What a car's maker gave it to fetch contracts with. */
export interface ProvisioningCredential extends Credential {
  /** On X448, where the certificate is on Ed448: contracts are sealed for it. */
  readonly alternateKey?: KeyObject | undefined
}

/** What a car that speaks ISO 15118 brings to the cable. */
export interface CarIdentity {
  /** Six bytes: its MAC address. */
  readonly evccId: Uint8Array
  /** DER of the V2G roots that it trusts; without any it speaks plain TCP only. */
  readonly roots: readonly Uint8Array[]
  /** Pays by it, and by nothing else. */
  readonly contract?: ContractCredential | undefined
  /**
   * The certificate that its maker gave it. With it the car fetches a contract over its cable where it has none, and another one for a contract that
   * ends soon.
   */
  readonly provisioning?: ProvisioningCredential | undefined
  /** Speaks ISO 15118-20 rather than -2, where the station can. */
  readonly iso20?: Iso20Identity | undefined
  /** From plugging in; of the simulated world. */
  readonly departureSeconds?: number | undefined
  /** Draws on when it is asked to stop: what some cars in the field do. */
  readonly ignoresStop?: boolean | undefined
  /** Between two requests of a loop, in real milliseconds; 200 unless told. */
  readonly paceMs?: number | undefined
}

/** What a car brings to ISO 15118-20. */
export interface Iso20Identity {
  /** The certificate that its maker gave it: shown in TLS 1.3. */
  readonly vehicle: Credential
  /** Who sets its power: the car by a profile of its own choice, or the station from moment to moment. */
  readonly control: 'scheduled' | 'dynamic'
  /** Pays by it there; a contract of -2 is on another curve. */
  readonly contract?: ContractCredential | undefined
  /** As that of -2, on the curve of -20. */
  readonly provisioning?: ProvisioningCredential | undefined
}

export type CableState = 'looking' | 'talking' | 'charging' | 'ended'

/** One message between car and station, repetitions of a loop counted and not listed. */
export interface CableMessage {
  readonly at: EpochMs
  readonly from: 'EV' | 'SECC'
  readonly message: string
  readonly responseCode?: string
  /** Not a message, but what was wrong with one that was taken all the same: a code, and what. */
  readonly deviation?: string
  /** How often it was said in a row. */
  readonly times: number
}

/** What an output is and may be at a moment; negative power flows back. */
export interface SupplyNow {
  readonly powerW: number
  readonly offeredW: number
  readonly importWh: number
  readonly exportWh: number
}

/** The digital side of one plug. */
export interface Cable {
  readonly state: () => CableState
  /** ISO 15118-2, DIN 70121 ..., and what protects it; undefined until both ends agreed. */
  readonly protocol: () => { readonly name: string; readonly security: string } | undefined
  /** What the car asks the output for, in W; undefined where it does not say (alternating current) or nothing is agreed. */
  readonly demandW: () => number | undefined
  /** Whether it only makes out another profile: it goes on charging, though its contactor may be open for a moment. */
  readonly renegotiates: () => boolean
  /** The most that the car said it would draw at a moment, or was told to, in W, negative where it gives back; undefined while there is neither. */
  readonly chosenW: (at: EpochMs) => number | undefined
  /** When a car that chose to draw nothing now begins; undefined where it draws, or never will. */
  readonly chargesFrom: (at: EpochMs) => EpochMs | undefined
  /** When the car said it is to leave, as it was plugged in; undefined where it does not say. */
  readonly leavesAt: EpochMs | undefined
  /** True once the contactor is closed, false when no session came to that. */
  readonly ready: Promise<boolean>
  /** Whoever charges here is known. */
  readonly authorised: () => void
  /** What the output is and may be now. */
  readonly supply: (now: SupplyNow) => void
  /** Asks the car to give back so much; 0 ends it. False where car and station did not agree on that. */
  readonly giveBack: (powerW: number) => boolean
  /** Asks the car to stop in order. */
  readonly stop: () => void
  /** The plug is out, or somebody pulled it. */
  readonly close: () => void
  readonly messages: () => readonly CableMessage[]
  /** Why it is over, for people. */
  readonly ended: () => string | undefined
}
