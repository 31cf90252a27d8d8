import { readCapabilities } from '../discovery.ts'
import type { CommandIssue, JsonObject } from '../station-gateway.ts'

/** What a 2.x station cannot take although the schema allows it. */
export function beyondLimits(action: string, payload: JsonObject, kept: JsonObject): readonly CommandIssue[] {
  const { maxStackLevel, maxPeriods } = readCapabilities(kept)
  const { chargingProfile: profile } = payload
  if (action !== 'SetChargingProfile' || !isObject(profile)) return []
  const issues: CommandIssue[] = []
  const { stackLevel, chargingSchedule } = profile
  if (maxStackLevel !== undefined && typeof stackLevel === 'number' && stackLevel > maxStackLevel)
    issues.push({ path: '/chargingProfile/stackLevel', message: `is above ${maxStackLevel}, the highest of this station` })
  for (const [index, schedule] of (Array.isArray(chargingSchedule) ? chargingSchedule : []).entries()) {
    const periods: unknown = isObject(schedule) ? schedule.chargingSchedulePeriod : undefined
    if (maxPeriods !== undefined && Array.isArray(periods) && periods.length > maxPeriods)
      issues.push({
        path: `/chargingProfile/chargingSchedule/${index}/chargingSchedulePeriod`,
        message: `has more than the ${maxPeriods} periods that this station keeps`,
      })
  }
  return issues
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
