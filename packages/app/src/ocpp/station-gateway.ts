import type { PriceLevels } from '@voltway/domain/tariffs'
import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'

export interface StationTarget {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
}

export type JsonObject = { readonly [key: string]: unknown }

/** How a raw command ended. Exactly one of these reaches whoever asked. */
export type CommandOutcome =
  | { readonly outcome: 'answered'; readonly response: JsonObject }
  /** The station answered with a CALLERROR. */
  | { readonly outcome: 'error'; readonly code: string; readonly description: string }
  /** Without a reason the station was silent; with one, whoever held its link was. */
  | { readonly outcome: 'expired'; readonly afterMs: number; readonly reason?: string }
  | { readonly outcome: 'offline' }
  /** Not sent: against the schema of the station's version, or more than this station can take. */
  | { readonly outcome: 'invalid'; readonly issues: readonly CommandIssue[] }

export interface CommandIssue {
  /** JSON pointer into the payload; empty for the payload itself. */
  readonly path: string
  readonly message: string
}

export type IntentOutcome = { readonly accepted: true } | { readonly accepted: false; readonly reason: string }

export interface SchedulePeriod {
  readonly startSeconds: number
  readonly limitW: number
  /** Where they change within the schedule; else those of the whole. */
  readonly phases?: 1 | 3
}

/** A charging profile in watts, which is sent in the unit that the station wants. */
export interface ProfileWish {
  readonly profileNumber: number
  readonly startsAt: EpochMs
  readonly periods: readonly SchedulePeriod[]
  readonly durationSeconds?: number
  readonly phases: 1 | 3
  readonly voltageV: number
  /** How dear energy is from the moment of asking on, for cars that choose by it; versions without words for it leave it out. */
  readonly prices?: PriceLevels
  /** In amperes where the station takes them: then no phase carries more, however many the car uses. */
  readonly inAmperes?: boolean
}

/** What we want of a station, in words of no version. */
export type StationIntent =
  | {
      readonly kind: 'remoteStart'
      readonly evse: number
      readonly idToken: string
      readonly groupIdToken?: string
      readonly remoteStartNumber: number
      readonly schedule?: ProfileWish
    }
  | { readonly kind: 'remoteStop'; readonly transactionId: string }
  | {
      readonly kind: 'reserve'
      readonly reservationNumber: number
      readonly evse: number
      readonly expiresAt: EpochMs
      readonly idToken: string
      readonly groupIdToken?: string
    }
  | { readonly kind: 'cancelReservation'; readonly reservationNumber: number }
  | ({
      readonly kind: 'setChargingProfile'
      readonly evse: number
      readonly transactionId?: string
      readonly purpose: 'transaction' | 'evseDefault'
    } & ProfileWish)
  | { readonly kind: 'clearChargingProfile'; readonly profileNumber: number }
  /** EVSE 0 is the whole station. */
  | { readonly kind: 'changeAvailability'; readonly evse: number; readonly operative: boolean }
  | { readonly kind: 'reset'; readonly hard: boolean }
  | { readonly kind: 'unlock'; readonly evse: number; readonly connector: number }
  | { readonly kind: 'trigger'; readonly message: 'boot' | 'status' | 'meterValues' | 'heartbeat'; readonly evse?: number }

export type IntentKind = StationIntent['kind']
export type IntentOf<Kind extends IntentKind> = Extract<StationIntent, { readonly kind: Kind }>

export interface LinkState {
  readonly version: 'ocpp1.6' | 'ocpp2.0.1'
  readonly epoch: number
  readonly connectedAt: EpochMs
}

export interface CallOptions {
  /** Who asked, as it is kept beside the command: `user:...`, `key:...`, `driver:...`, a job's name. */
  readonly requestedBy: string
  /** How long the answer may take, the wait for earlier commands included; 30 s unless told. */
  readonly timeoutMs?: number
}

/** The only way from the platform to a station. */
export interface StationGateway {
  /** Sends a raw OCPP request of the station's own version and waits for its answer; kept as a row of `station_command`. */
  readonly call: (target: StationTarget, action: string, payload: JsonObject, options: CallOptions) => Promise<CommandOutcome>
  /** Asks for something in words of no version; never throws. */
  readonly perform: (target: StationTarget, intent: StationIntent, requestedBy: string) => Promise<IntentOutcome>
  readonly linkOf: (target: StationTarget) => Promise<LinkState | undefined>
  /** Tells of each station of a tenant whether it is connected, as one look finds it. */
  readonly linksOf: (tenantId: TenantId) => Promise<(stationId: ChargingStationId) => boolean>
  /** Ends a station's link, if there is one on this node; the reason is sent in the close frame. */
  readonly disconnect: (stationId: ChargingStationId, reason: string) => void
}
