import type { EpochMs } from '@voltway/units'

/** OCPP's purposes in one vocabulary: ChargePointMaxProfile is `stationMax`, 2.x ChargingStationExternalConstraints is `external`. */
export type ProfilePurpose = 'stationMax' | 'external' | 'txDefault' | 'tx'

export interface SchedulePeriod {
  readonly startSeconds: number
  /** In the schedule's unit. */
  readonly limit: number
  readonly phases: 1 | 2 | 3 | undefined
}

/** How dear energy is, relative to the other hours; 1 is the cheapest. Seconds from when the profile was set. */
export interface PriceLevelList {
  readonly id: number
  readonly levels: number
  readonly entries: readonly { readonly startSeconds: number; readonly durationSeconds: number | undefined; readonly level: number }[]
}

export interface ChargingProfile {
  readonly id: number
  /** 0 is the whole station. */
  readonly evse: number
  readonly stackLevel: number
  readonly purpose: ProfilePurpose
  readonly kind: 'absolute' | 'daily' | 'weekly' | 'relative'
  readonly transactionId: string | undefined
  readonly validFrom: EpochMs | undefined
  readonly validTo: EpochMs | undefined
  /** When it was set: an absolute schedule without a start begins then. */
  readonly setAt: EpochMs
  readonly startAt: EpochMs | undefined
  readonly durationSeconds: number | undefined
  readonly unit: 'W' | 'A'
  readonly periods: readonly SchedulePeriod[]
  /** For cars that choose by price. */
  readonly prices?: PriceLevelList | undefined
  /** The profile as it was on the wire, for reports. */
  readonly wire: { readonly [key: string]: unknown }
}

export interface ProfileFilter {
  readonly id?: number | undefined
  readonly evse?: number | undefined
  readonly purpose?: ProfilePurpose | undefined
  readonly stackLevel?: number | undefined
}

const matches =
  ({ id, evse, purpose, stackLevel }: ProfileFilter) =>
  (profile: ChargingProfile): boolean =>
    id !== undefined
      ? profile.id === id
      : (evse === undefined || profile.evse === evse) &&
        (purpose === undefined || profile.purpose === purpose) &&
        (stackLevel === undefined || profile.stackLevel === stackLevel)

/** The same id, or the same place in the stack, is replaced (1.6 section 5.16, 2.0.1 K01.FR.05). */
export const withProfile = (profiles: readonly ChargingProfile[], added: ChargingProfile): readonly ChargingProfile[] => [
  ...profiles.filter(
    ({ id, evse, purpose, stackLevel }) =>
      id !== added.id && !(evse === added.evse && purpose === added.purpose && stackLevel === added.stackLevel),
  ),
  added,
]

export const selectProfiles = (profiles: readonly ChargingProfile[], filter: ProfileFilter) => profiles.filter(matches(filter))
export const withoutProfiles = (profiles: readonly ChargingProfile[], filter: ProfileFilter) =>
  profiles.filter((profile) => !matches(filter)(profile))
