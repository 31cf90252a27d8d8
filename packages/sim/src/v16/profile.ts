import { type EpochMs, instantOf } from '@voltway/units'
import type { SetChargingProfileRequest } from '@voltway/wire/ocpp/v16'
import type { ChargingProfile, ProfilePurpose } from '../charging/charging-profile.ts'

type Wire = SetChargingProfileRequest['csChargingProfiles']

export const PURPOSE_16: Readonly<Record<Wire['chargingProfilePurpose'], ProfilePurpose>> = {
  ChargePointMaxProfile: 'stationMax',
  TxDefaultProfile: 'txDefault',
  TxProfile: 'tx',
}

/** A 1.6 charging profile in neutral words. @throws RangeError when a time in it cannot be read */
export function readProfile(wire: Wire, evse: number, setAt: EpochMs): ChargingProfile {
  const { chargingSchedule: schedule } = wire
  return {
    id: wire.chargingProfileId,
    evse,
    stackLevel: wire.stackLevel,
    purpose: PURPOSE_16[wire.chargingProfilePurpose],
    kind: kindOf(wire),
    transactionId: undefined, // the number is resolved by whoever knows the transactions
    validFrom: instant(wire.validFrom),
    validTo: instant(wire.validTo),
    setAt,
    startAt: instant(schedule.startSchedule),
    durationSeconds: schedule.duration,
    unit: schedule.chargingRateUnit,
    periods: schedule.chargingSchedulePeriod.map(({ startPeriod, limit, numberPhases }) => ({
      startSeconds: startPeriod,
      limit,
      phases: numberPhases === 1 || numberPhases === 2 || numberPhases === 3 ? numberPhases : undefined,
    })),
    wire: { ...wire },
  }
}

const kindOf = ({ chargingProfileKind: kind, recurrencyKind }: Wire): ChargingProfile['kind'] =>
  kind === 'Relative' ? 'relative' : kind === 'Absolute' ? 'absolute' : recurrencyKind === 'Weekly' ? 'weekly' : 'daily'

function instant(text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined
  const at = instantOf(text)
  if (at === undefined) throw new RangeError(`${text} is no instant`)
  return at
}
