import { isoOf } from '@voltway/units'
import type { SetChargingProfileRequest } from '@voltway/wire/ocpp/v16'
import { inUnit, rateUnitFor } from '../../commands/rate-unit.ts'
import type { Capabilities } from '../../discovery.ts'
import type { ProfileWish } from '../../station-gateway.ts'

type Profile = SetChargingProfileRequest['csChargingProfiles']

export interface ProfileUse {
  readonly purpose: Profile['chargingProfilePurpose']
  readonly capabilities: Capabilities
  /** The transaction it is for; a profile inside a remote start names none. */
  readonly transactionId?: number
}

/** OCPP 1.6, 7.8, in the unit that the station wants. A TxDefaultProfile lies below a TxProfile. */
export function chargingProfile(
  { profileNumber, startsAt, periods, durationSeconds, phases, voltageV, inAmperes }: ProfileWish,
  { purpose, capabilities, transactionId }: ProfileUse,
): Profile {
  const unit = rateUnitFor(capabilities, inAmperes)
  const wanted = purpose === 'TxProfile' ? 1 : 0
  return {
    chargingProfileId: profileNumber,
    ...(transactionId !== undefined && { transactionId }),
    stackLevel: Math.min(wanted, capabilities.maxStackLevel ?? wanted),
    chargingProfilePurpose: purpose,
    chargingProfileKind: 'Absolute',
    chargingSchedule: {
      ...(durationSeconds !== undefined && { duration: durationSeconds }),
      startSchedule: isoOf(startsAt),
      chargingRateUnit: unit,
      chargingSchedulePeriod: periods.map(({ startSeconds, limitW, phases: own = phases }) => ({
        startPeriod: startSeconds,
        limit: inUnit(limitW, { unit, phases: own, voltageV }),
        ...(unit === 'A' && { numberPhases: own }),
      })),
    },
  }
}
