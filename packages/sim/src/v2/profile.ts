import { type EpochMs, instantOf } from '@voltway/units'
import type { SetChargingProfileRequest } from '@voltway/wire/ocpp/v2'
import type { ChargingProfile, PriceLevelList, ProfilePurpose } from '../charging/charging-profile.ts'

type Wire = SetChargingProfileRequest['chargingProfile']

export const PURPOSE_2: Readonly<Record<Wire['chargingProfilePurpose'], ProfilePurpose>> = {
  ChargingStationMaxProfile: 'stationMax',
  ChargingStationExternalConstraints: 'external',
  TxDefaultProfile: 'txDefault',
  TxProfile: 'tx',
}

/** A 2.x charging profile in neutral words; of its schedules the first. @throws RangeError when it has none, or a time cannot be read */
export function readProfile(wire: Wire, evse: number, setAt: EpochMs): ChargingProfile {
  const schedule = wire.chargingSchedule[0]
  if (!schedule) throw new RangeError('the profile has no schedule')
  return {
    id: wire.id,
    evse,
    stackLevel: wire.stackLevel,
    purpose: PURPOSE_2[wire.chargingProfilePurpose],
    kind: kindOf(wire),
    transactionId: wire.transactionId,
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
    prices: pricesOf(schedule),
    wire: { ...wire },
  }
}

const pricesOf = ({ salesTariff }: Wire['chargingSchedule'][number]): PriceLevelList | undefined => {
  if (!salesTariff) return undefined
  const entries = salesTariff.salesTariffEntry.map(({ relativeTimeInterval: { start, duration }, ePriceLevel = 1 }) => ({
    startSeconds: start,
    durationSeconds: duration,
    level: ePriceLevel,
  }))
  return { id: salesTariff.id, levels: salesTariff.numEPriceLevels ?? Math.max(...entries.map(({ level }) => level)), entries }
}

const kindOf = ({ chargingProfileKind: kind, recurrencyKind }: Wire): ChargingProfile['kind'] =>
  kind === 'Relative' ? 'relative' : kind === 'Absolute' ? 'absolute' : recurrencyKind === 'Weekly' ? 'weekly' : 'daily'

function instant(text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined
  const at = instantOf(text)
  if (at === undefined) throw new RangeError(`${text} is no instant`)
  return at
}
