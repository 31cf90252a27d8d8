import { isoOf } from '@voltway/units'
import type { SetChargingProfileRequest } from '@voltway/wire/ocpp/v2'
import { inUnit, rateUnitFor } from '../../commands/rate-unit.ts'
import type { Capabilities } from '../../discovery.ts'
import type { ProfileWish } from '../../station-gateway.ts'

type Profile = SetChargingProfileRequest['chargingProfile']

type SalesTariff = NonNullable<Profile['chargingSchedule'][number]['salesTariff']>

/** Times count from when the station hears of it. */
const salesTariff = (id: number, { levels, entries }: NonNullable<ProfileWish['prices']>): SalesTariff | undefined => {
  const [first, ...rest] = entries.map(({ startSeconds, durationSeconds, level }) => ({
    relativeTimeInterval: { start: startSeconds, duration: durationSeconds },
    ePriceLevel: level,
  }))
  return first && { id, numEPriceLevels: levels, salesTariffEntry: [first, ...rest] }
}

export interface ProfileUse {
  readonly purpose: Profile['chargingProfilePurpose']
  readonly capabilities: Capabilities
  /** The transaction it is for; a profile inside a request to start names none. */
  readonly transactionId?: string
}

/** OCPP 2.0.1, K01, in the unit that the station wants. A TxDefaultProfile lies below a TxProfile. */
export function chargingProfile(
  { profileNumber, startsAt, periods, durationSeconds, phases, voltageV, inAmperes, prices }: ProfileWish,
  { purpose, capabilities, transactionId }: ProfileUse,
): Profile {
  const unit = rateUnitFor(capabilities, inAmperes)
  const wanted = purpose === 'TxProfile' ? 1 : 0
  const [first, ...rest] = periods.map(({ startSeconds, limitW, phases: own = phases }) => ({
    startPeriod: startSeconds,
    limit: inUnit(limitW, { unit, phases: own, voltageV }),
    ...(unit === 'A' && { numberPhases: own }),
    // Only where the station says that it can; what the plan counts with is the EVSE's first phase.
    ...(unit === 'A' && own === 1 && phases === 3 && capabilities.choosesPhase && { phaseToUse: 1 }),
  }))
  const tariff = prices && salesTariff(profileNumber, prices)
  return {
    id: profileNumber,
    stackLevel: Math.min(wanted, capabilities.maxStackLevel ?? wanted),
    chargingProfilePurpose: purpose,
    chargingProfileKind: 'Absolute',
    ...(transactionId !== undefined && { transactionId }),
    chargingSchedule: [
      {
        id: profileNumber,
        startSchedule: isoOf(startsAt),
        ...(durationSeconds !== undefined && { duration: durationSeconds }),
        chargingRateUnit: unit,
        ...(tariff && { salesTariff: tariff }),
        chargingSchedulePeriod: first ? [first, ...rest] : [{ startPeriod: 0, limit: 0 }],
      },
    ],
  }
}
