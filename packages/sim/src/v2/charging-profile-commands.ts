import { isoOf, milliseconds } from '@voltway/units'
import type {
  ClearChargingProfileRequest,
  ClearChargingProfileResponse,
  GetChargingProfilesRequest,
  GetChargingProfilesResponse,
  GetCompositeScheduleRequest,
  GetCompositeScheduleResponse,
  ReportChargingProfilesRequest,
  SetChargingProfileRequest,
  SetChargingProfileResponse,
} from '@voltway/wire/ocpp/v2'
import { type ChargingProfile, selectProfiles, withoutProfiles } from '../charging/charging-profile.ts'
import { compositeSchedule } from '../charging/composite-schedule.ts'
import { answers } from '../station/answers.ts'
import type { StationCore } from '../station/core.ts'
import { findEvse, setProfile } from '../station/operator-actions.ts'
import { hardwareLimit, limitContext, stationContext, updateSupply } from '../station/supply.ts'
import { PURPOSE_2, readProfile } from './profile.ts'

type WireProfile = ReportChargingProfilesRequest['chargingProfile'][number]

/** Block K of 2.0.1. */
export const chargingProfileCommands = (core: StationCore) => ({
  SetChargingProfile: answers<SetChargingProfileRequest, SetChargingProfileResponse>(({ evseId, chargingProfile }) => {
    const { transactionId } = chargingProfile
    if (transactionId !== undefined && findEvse(core, evseId)?.transaction?.id !== transactionId) return { status: 'Rejected' }
    const accepted = setProfile(core, readProfile(chargingProfile, evseId, core.clock.now()))
    return accepted ? { status: 'Accepted' } : { status: 'Rejected', statusInfo: { reasonCode: 'InvalidProfile' } }
  }),
  ClearChargingProfile: answers<ClearChargingProfileRequest, ClearChargingProfileResponse>(
    ({ chargingProfileId, chargingProfileCriteria }) => {
      const { evseId, chargingProfilePurpose, stackLevel } = chargingProfileCriteria ?? {}
      const filter = {
        id: chargingProfileId,
        evse: evseId,
        stackLevel,
        purpose: chargingProfilePurpose && PURPOSE_2[chargingProfilePurpose],
      }
      if (selectProfiles(core.profiles, filter).length === 0) return { status: 'Unknown' }
      core.profiles = withoutProfiles(core.profiles, filter)
      updateSupply(core)
      return { status: 'Accepted' }
    },
  ),
  GetChargingProfiles: answers<GetChargingProfilesRequest, GetChargingProfilesResponse>(({ requestId, evseId, chargingProfile }) => {
    const { chargingProfileId, chargingProfilePurpose, stackLevel } = chargingProfile
    const purpose = chargingProfilePurpose && PURPOSE_2[chargingProfilePurpose]
    const found = selectProfiles(core.profiles, { evse: evseId, purpose, stackLevel }).filter(
      ({ id }) => !chargingProfileId || chargingProfileId.includes(id),
    )
    if (found.length === 0) return { status: 'NoProfiles' }
    core.clock.after(milliseconds(0), () => reportProfiles(core, requestId, found))
    return { status: 'Accepted' }
  }),
  GetCompositeSchedule: answers<GetCompositeScheduleRequest, GetCompositeScheduleResponse>(
    ({ evseId, duration, chargingRateUnit: unit = 'W' }) => {
      const evse = findEvse(core, evseId)
      if (!evse && evseId !== 0) return { status: 'Rejected' }
      const context = evse ? limitContext(evse) : stationContext(core)
      const now = core.clock.now()
      const periods = compositeSchedule(core.profiles, context, {
        from: now,
        durationSeconds: duration,
        maxPowerW: hardwareLimit(core, evseId),
      })
      const wattsPerUnit = unit === 'W' ? 1 : context.voltageV * context.phases
      return {
        status: 'Accepted',
        schedule: {
          evseId,
          duration,
          scheduleStart: isoOf(now),
          chargingRateUnit: unit,
          chargingSchedulePeriod: periods.map(({ startSeconds, limitW }) => ({
            startPeriod: startSeconds,
            limit: Math.floor((limitW / wattsPerUnit) * 10) / 10,
            numberPhases: context.phases,
          })),
        },
      }
    },
  ),
})

/** One message for each EVSE; all but the last say that more follows. */
function reportProfiles(core: StationCore, requestId: number, profiles: readonly ChargingProfile[]): void {
  const groups = [...Map.groupBy(profiles, ({ evse }) => evse)]
  groups.forEach(([evseId, members], index) => {
    const request: ReportChargingProfilesRequest = {
      requestId,
      chargingLimitSource: 'CSO',
      evseId,
      // Stored as it came in, which the server had made valid.
      chargingProfile: members.map(({ wire }) => wire as object as WireProfile),
      ...(index < groups.length - 1 && { tbc: true }),
    }
    void core.link.call({ action: 'ReportChargingProfiles', payload: () => ({ ...request }) })
  })
}
