import type { Amperes, Percent, Seconds, Volts, Watts } from '@voltway/units'
import type {
  ChargingNeeds,
  ChargingProfile,
  EnergyTransfer,
  MeterReading,
  PowerLimits,
  ScheduleOffer,
  SelectedService,
  SupplyLimits,
} from './charging.ts'
import type { ContractChain, RefusalReason } from './contract-chain.ts'
import type { EndReason } from './end-reason.ts'
import type { ProtocolName } from './timeouts.ts'

/** What a station says to its SECC, whatever protocol runs. The last word of a kind counts; all may come at any time. */
export type StationWord =
  | { readonly word: 'authorised' }
  | { readonly word: 'refused'; readonly reason: RefusalReason }
  /** A person has to do something first: show a card, confirm in an app. */
  | { readonly word: 'waitingForCustomer' }
  /** Answers `scheduleWanted`. Changing it later takes effect at the next renegotiation. */
  | { readonly word: 'offer'; readonly schedules: readonly ScheduleOffer[] }
  | { readonly word: 'limits'; readonly limits: SupplyLimits }
  /** Dynamic control: what to draw now; negative gives back. */
  | { readonly word: 'setPoint'; readonly power: Watts }
  | { readonly word: 'measured'; readonly voltage: Volts; readonly current: Amperes; readonly power?: Watts; readonly meter?: MeterReading }
  /** Answers `cableCheckWanted`. */
  | { readonly word: 'cableChecked'; readonly isolation: 'valid' | 'warning' | 'fault' }
  /** Answers `closeContactor`; told unasked when it opened by itself. */
  | { readonly word: 'contactor'; readonly closed: boolean }
  | { readonly word: 'residualCurrent'; readonly tripped: boolean }
  /** Asks the car to stop and gives it so long. */
  | { readonly word: 'stop'; readonly within: Seconds }
  | { readonly word: 'pause'; readonly within: Seconds }
  | { readonly word: 'renegotiate'; readonly within: Seconds }
  /** The session ends now; the SECC tells `openContactor`. */
  | { readonly word: 'emergency'; readonly cause: string }
  /** Asks the car to sign the last reading. */
  | { readonly word: 'receiptWanted' }
  /** Answers `certificateWanted`: a whole signed message as the backend gave it, or nothing. */
  | { readonly word: 'certificate'; readonly exiResponse: Uint8Array | undefined }

/** What an SECC tells its station, whatever protocol runs. */
export type StationTold =
  | {
      readonly told: 'sessionBegan'
      readonly protocol: ProtocolName
      readonly namespace: string
      readonly evccId: Uint8Array | string
      readonly sessionId: Uint8Array
      /** A session that was paused goes on. */
      readonly resumed: boolean
    }
  | { readonly told: 'servicesSelected'; readonly valueAdded: readonly SelectedService[] }
  /** Answered by `authorised`, `refused` or `waitingForCustomer`; asked once. */
  | { readonly told: 'authoriseWanted'; readonly by: Authorisation }
  /** Answered by `certificate` within 4.5 s. `exiRequest` is the raw message; `namespace` is OCPP's `iso15118SchemaVersion`. */
  | {
      readonly told: 'certificateWanted'
      readonly action: 'install' | 'update'
      readonly namespace: string
      readonly exiRequest: Uint8Array
    }
  | { readonly told: 'needs'; readonly needs: ChargingNeeds }
  /** Answered by `offer`; until then the car is kept waiting (60 s at most). */
  | { readonly told: 'scheduleWanted'; readonly needs: ChargingNeeds }
  | { readonly told: 'cableCheckWanted' }
  /** Direct current: bring the output to this voltage. */
  | { readonly told: 'preCharge'; readonly voltage: Volts; readonly current: Amperes }
  /** Answered by `contactor`. Where the current is direct, the output stage may deliver from here on. */
  | { readonly told: 'closeContactor' }
  /** Switch the output off. Told at every end of delivery, good or bad, and before any bad end of the session. */
  | { readonly told: 'openContactor'; readonly urgent: boolean }
  | { readonly told: 'profileChosen'; readonly profile: ChargingProfile }
  /** What the car asks for now, never above the limits told by the station. */
  | { readonly told: 'target'; readonly voltage?: Volts; readonly current?: Amperes; readonly power?: Watts; readonly limits?: PowerLimits }
  | { readonly told: 'vehicle'; readonly soc: Percent; readonly ready: boolean; readonly error?: string; readonly complete?: boolean }
  | { readonly told: 'receipt'; readonly meter: MeterReading; readonly signatureValid: boolean; readonly exi: Uint8Array }
  | { readonly told: 'renegotiating' }
  /** Keep `session` and give it to the next SECC's options. */
  | { readonly told: 'paused'; readonly session: PausedSession }
  /** The last word, just before the link is ended. */
  | { readonly told: 'ended'; readonly reason: EndReason }

export type Authorisation =
  | { readonly by: 'eim' }
  | {
      readonly by: 'contract'
      readonly emaid: string
      readonly chain: ContractChain
      /** The car signed the challenge of this session with the contract's key. False only where policy lets that pass. */
      readonly challengeChecked: boolean
    }

/** What both ends remember of a session between its parts. */
export interface PausedSession {
  readonly protocol: ProtocolName
  readonly sessionId: Uint8Array
  readonly payment: 'eim' | 'contract'
  readonly transfer: EnergyTransfer
  readonly scheduleId?: number
  /** ISO 15118-20: hash that binds it to the vehicle's certificate. */
  readonly binding?: Uint8Array
}
