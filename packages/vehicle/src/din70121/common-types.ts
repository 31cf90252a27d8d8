import { watts } from '@voltway/units'
import type { din70121, iso2 } from '@voltway/wire/iso15118'
import { physicalWatts, wattsOf } from '../iso2/physical.ts'

/** Fields that both protocols have, in the other one's types. */

/** The unit may be left out in DIN 70121: the field's name says it. */
export const physicalFrom = (value: din70121.PhysicalValueType, unit: iso2.PhysicalValueType['Unit']): iso2.PhysicalValueType => ({
  Multiplier: value.Multiplier,
  Unit: unit,
  Value: value.Value,
})

export const evStatusFrom = ({ EVReady, EVErrorCode, EVRESSSOC }: din70121.DC_EVStatusType): iso2.DC_EVStatusType => ({
  EVReady,
  EVErrorCode,
  EVRESSSOC,
})

export const evseStatusTo = (status: iso2.DC_EVSEStatusType): din70121.DC_EVSEStatusType => {
  const { EVSEIsolationStatus, EVSEStatusCode, NotificationMaxDelay, EVSENotification } = status
  return {
    // DIN 70121 has no word for a station without isolation monitor.
    ...(EVSEIsolationStatus === undefined || EVSEIsolationStatus === 'No_IMD' ? {} : { EVSEIsolationStatus }),
    EVSEStatusCode,
    NotificationMaxDelay,
    EVSENotification,
  }
}

export const evseStatusFrom = (status: din70121.DC_EVSEStatusType): iso2.DC_EVSEStatusType => ({ ...status })

export const acStatusFrom = ({ NotificationMaxDelay, EVSENotification, RCD }: din70121.AC_EVSEStatusType): iso2.AC_EVSEStatusType => ({
  NotificationMaxDelay,
  EVSENotification,
  RCD,
})
export const acStatusTo = (status: iso2.AC_EVSEStatusType): din70121.AC_EVSEStatusType => ({ ...status, PowerSwitchClosed: false })

/** The largest PMax that DIN 70121 can say, in watts: stations mean "no limit" by it. */
const UNLIMITED = 32_767
const NO_LIMIT = physicalWatts(watts(UNLIMITED * 1_000))

const entryTo = ({ RelativeTimeInterval, PMax }: iso2.PMaxScheduleEntryType): din70121.PMaxScheduleEntryType => ({
  RelativeTimeInterval,
  PMax: Math.min(UNLIMITED, Math.max(0, Math.trunc(wattsOf(PMax)))),
})
const entryFrom = ({ RelativeTimeInterval, PMax }: din70121.PMaxScheduleEntryType): iso2.PMaxScheduleEntryType => ({
  RelativeTimeInterval,
  PMax: PMax >= UNLIMITED ? NO_LIMIT : physicalWatts(watts(PMax)),
})

/** DIN 70121 cannot leave the schedule out: one without limit where none is offered yet. Prices are not part of what is spoken. */
export const schedulesTo = (list: iso2.SAScheduleListType | undefined): din70121.SAScheduleListType => {
  const tuples = list?.SAScheduleTuple ?? []
  const unlimited = { RelativeTimeInterval: { start: 0, duration: 86_400 }, PMax: UNLIMITED }
  if (tuples.length === 0)
    return { SAScheduleTuple: [{ SAScheduleTupleID: 1, PMaxSchedule: { PMaxScheduleID: 1, PMaxScheduleEntry: [unlimited] } }] }
  return {
    SAScheduleTuple: tuples.map(({ SAScheduleTupleID, PMaxSchedule }) => ({
      SAScheduleTupleID,
      PMaxSchedule: { PMaxScheduleID: SAScheduleTupleID, PMaxScheduleEntry: PMaxSchedule.PMaxScheduleEntry.map(entryTo) },
    })),
  }
}

/** Stations in the field send the abstract element instead of the list while they are not ready: nothing is offered then. */
export const schedulesFrom = (list: din70121.SAScheduleListType | undefined): iso2.SAScheduleListType => ({
  SAScheduleTuple: (list?.SAScheduleTuple ?? []).map(({ SAScheduleTupleID, PMaxSchedule }) => ({
    SAScheduleTupleID,
    PMaxSchedule: { PMaxScheduleEntry: PMaxSchedule.PMaxScheduleEntry.map(entryFrom) },
  })),
})
