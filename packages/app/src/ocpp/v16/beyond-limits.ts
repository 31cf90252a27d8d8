import { readCapabilities } from '../discovery.ts'
import type { CommandIssue, JsonObject } from '../station-gateway.ts'

/** The schema that is in use allows more (OCPP 1.6, 7.18: CiString500). */
const LONGEST_VALUE = 500

/** What a 1.6 station cannot take although the schema allows it. */
export function beyondLimits(action: string, payload: JsonObject, kept: JsonObject): readonly CommandIssue[] {
  const { maxStackLevel, maxPeriods, maxKeysPerRead } = readCapabilities(kept)
  const { value, key, csChargingProfiles: profile } = payload
  if (action === 'ChangeConfiguration' && typeof value === 'string' && value.length > LONGEST_VALUE)
    return [{ path: '/value', message: `is longer than ${LONGEST_VALUE} characters` }]
  if (action === 'GetConfiguration' && Array.isArray(key) && maxKeysPerRead !== undefined && key.length > maxKeysPerRead)
    return [{ path: '/key', message: `names more than the ${maxKeysPerRead} keys that this station reads at once` }]
  if (action !== 'SetChargingProfile' || !isObject(profile)) return []
  const issues: CommandIssue[] = []
  const { stackLevel, chargingSchedule } = profile
  if (maxStackLevel !== undefined && typeof stackLevel === 'number' && stackLevel > maxStackLevel)
    issues.push({ path: '/csChargingProfiles/stackLevel', message: `is above ${maxStackLevel}, the highest of this station` })
  const periods = isObject(chargingSchedule) ? chargingSchedule.chargingSchedulePeriod : undefined
  if (maxPeriods !== undefined && Array.isArray(periods) && periods.length > maxPeriods)
    issues.push({
      path: '/csChargingProfiles/chargingSchedule/chargingSchedulePeriod',
      message: `has more than the ${maxPeriods} periods that this station keeps`,
    })
  return issues
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
