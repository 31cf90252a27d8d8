import { Problem } from '../problems.ts'

/** A name, not an offset: only a name knows daylight saving. */
const isZone = (zone: string) => {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId === zone || /^[A-Z][A-Za-z_]+\/.+/.test(zone)
  } catch {
    return false
  }
}

/** What a JSON schema cannot say of a site. @throws Problem naming the field */
export const checkSiteFields = ({ timeZone, currency }: { readonly timeZone?: string; readonly currency?: string }) => {
  if (timeZone !== undefined && !isZone(timeZone))
    throw new Problem('REQUEST_INVALID', undefined, {
      errors: [{ path: 'body.timeZone', message: 'must be an IANA zone, as Europe/London' }],
    })
  if (currency !== undefined && !Intl.supportedValuesOf('currency').includes(currency))
    throw new Problem('REQUEST_INVALID', undefined, { errors: [{ path: 'body.currency', message: 'must be an ISO 4217 code, as GBP' }] })
}
