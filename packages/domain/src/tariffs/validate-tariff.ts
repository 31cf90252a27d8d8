import { currency, type EpochMs, epochMs, fail, ok, type Result } from '@voltway/units'
import { bigintIn, flag, integerIn, type JsonFault, listOf, objectOf, oneOf, type Reader, text, textThat } from './json-readers.ts'
import type { Tariff } from './tariff.ts'
import { contradictionsOf } from './tariff-contradictions.ts'

const PPM = 1_000_000n
/** A million currency units: nobody sells a kWh for more, and slips of a unit are caught. */
const MOST = 1_000_000_000_000n
const price = bigintIn(0n, MOST)
const ratio = bigintIn(0n, 1_000n * PPM)

const isZone = (zone: string): boolean => {
  try {
    return /^[A-Za-z]/.test(zone) && Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId !== ''
  } catch {
    return false
  }
}
const currencies = new Set(Intl.supportedValuesOf('currency'))
const currencyCode: Reader<ReturnType<typeof currency>> = (json, path, faults) => {
  const code = textThat((value) => currencies.has(value), 'currency', 'must be an ISO 4217 code, such as "GBP"')(json, path, faults)
  return code === undefined ? undefined : currency(code)
}
const instant: Reader<EpochMs> = (json, path, faults) => {
  const value = integerIn(-8.64e15, 8.64e15)(json, path, faults)
  return value === undefined ? undefined : epochMs(value)
}
const time = textThat((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), 'format', 'must be a time of day, "00:00" to "23:59"')
const isMonthDay = (value: string): boolean => {
  try {
    return /^\d\d-\d\d$/.test(value) && Temporal.PlainDate.from(`2024-${value}`, { overflow: 'reject' }).day > 0
  } catch {
    return false
  }
}
const monthDay = textThat(isMonthDay, 'format', 'must be a day of the year, "01-01" to "12-31"')
const weekday = oneOf(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'])

const restriction = objectOf(
  {},
  { startTime: time, endTime: time, weekdays: listOf(weekday, 1, 7), seasonStart: monthDay, seasonEnd: monthDay },
)
const element = objectOf({}, { name: text(80), perKwh: price, perMinute: price, perSession: price, when: restriction })
const idle = objectOf({ perMinute: price, graceMinutes: integerIn(0, 10_080) }, { cap: price, when: restriction })
const vat = objectOf({ ratePpm: bigintIn(0n, PPM), pricesInclude: flag }, {})
const dynamic = objectOf(
  { series: text(80), markupPerKwh: bigintIn(-MOST, MOST), factorPpm: ratio },
  { loadPerKwh: price, floorPerKwh: price, capPerKwh: price },
)
const band = objectOf({ from: instant, to: instant, perKwh: price }, {})

const head = {
  name: text(80),
  currency: currencyCode,
  timeZone: textThat(isZone, 'zone', 'must be an IANA time zone, such as "Europe/London"'),
  vat,
}
const headOptional = { idle, feedInPerKwh: price }
const elements = objectOf(
  { ...head, kind: oneOf(['elements']), elements: listOf(element, 0, 200) },
  { ...headOptional, dynamic, bands: listOf(band, 0, 20_000) },
)
const multipliers = objectOf({ offPeakFree: ratio, offPeakTaken: ratio, peakFree: ratio, peakTaken: ratio }, {})
const evcms = objectOf(
  {
    ...head,
    kind: oneOf(['evcms']),
    energyPerKwh: price,
    peakDemandCharge: price,
    serviceCharge: price,
    peakWindows: listOf(restriction, 0, 50),
    multipliersPpm: multipliers,
  },
  { ...headOptional, acmPpm: ratio },
)

const readTariff = (json: unknown, faults: JsonFault[]): Tariff | undefined => {
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined
  if (kind === 'elements') return elements(json, '', faults)
  if (kind === 'evcms') return evcms(json, '', faults)
  faults.push({ code: kind === undefined ? 'missing' : 'format', path: 'kind', message: 'must be one of elements, evcms' })
  return undefined
}

/** Reads a tariff's JSON form (prices as decimal strings of millionths); a refusal names every field at fault. */
export const parseTariff = (json: unknown): Result<Tariff, readonly JsonFault[]> => {
  const faults: JsonFault[] = []
  const tariff = readTariff(json, faults)
  if (!tariff) return fail(faults)
  const contradictions = contradictionsOf(tariff)
  return contradictions.length === 0 ? ok(tariff) : fail(contradictions)
}
