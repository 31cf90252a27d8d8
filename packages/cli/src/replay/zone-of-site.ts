/** Recordings whose local times are known; a site's name begins with theirs. */
const KNOWN_ZONES: readonly (readonly [prefix: string, timeZone: string])[] = [
  ['caltech', 'America/Los_Angeles'],
  ['epfl', 'Europe/Zurich'],
  ['risvollan', 'Europe/Oslo'],
]

/** The IANA zone in which a recorded site's naive times are read, unless one is named. */
export const zoneOfSite = (site: string): string => KNOWN_ZONES.find(([prefix]) => site.toLowerCase().startsWith(prefix))?.[1] ?? 'UTC'

export const isTimeZone = (text: string): boolean => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId !== ''
  } catch {
    return false
  }
}
