import { type EpochMs, fail, ok, type Result, seconds } from '@voltway/units'
import type { AbsolutePrices } from './charging.ts'
import type { OptionFailure } from './option-failure.ts'

/** What energy costs at a station by the station's own word: prices in money, the same each day. */
export interface LocalTariff {
  /** ISO 4217. */
  readonly currency: string
  /** ISO 639: two or three letters. */
  readonly language: string
  /** IANA. */
  readonly timeZone: string
  /** Each until the next, over midnight: `{ from: '22:00', perKwh: '0.19' }`. */
  readonly bands: readonly { readonly from: string; readonly perKwh: string }[]
}

type Fee = AbsolutePrices['entries'][number]['energyFee']

/** A RationalNumber of ISO 15118-20 has 16 bits and a sign. */
const MOST = 32_767
/** Identifies a price schedule of the station's own. */
const ID = 1

const feeOf = (text: string): Fee | undefined => {
  const [, whole, part = ''] = /^(\d{1,5})(?:\.(\d{1,4}))?$/.exec(text) ?? []
  const digits = part.replace(/0+$/, '')
  const value = Number(`${whole}${digits}`)
  return whole === undefined || value > MOST ? undefined : { value, exponent: -digits.length || 0 }
}

const isZone = (timeZone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}

/** Whether a tariff can be offered; the failure names the field that is wrong. `name` is where the tariff was. */
export const checkTariff = (tariff: LocalTariff, name = 'tariff'): Result<LocalTariff, OptionFailure> => {
  const refuse = (part: string, message: string) => {
    const field = `${name}.${part}`
    return fail<OptionFailure>({ code: 'tariff', field, message: `${field}: ${message}` })
  }
  if (!/^[A-Z]{3}$/.test(tariff.currency)) return refuse('currency', `"${tariff.currency}" is no code of ISO 4217`)
  if (!/^[a-z]{2,3}$/.test(tariff.language)) return refuse('language', `"${tariff.language}" is no language of two or three letters`)
  if (!isZone(tariff.timeZone)) return refuse('timeZone', `"${tariff.timeZone}" is not known`)
  if (tariff.bands.length === 0) return refuse('bands', 'there is no price')
  for (const [index, { from, perKwh }] of tariff.bands.entries()) {
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from)) return refuse(`bands[${index}].from`, `"${from}" is no time like 22:00`)
    if (feeOf(perKwh) === undefined) return refuse(`bands[${index}].perKwh`, `"${perKwh}" is no price like 0.19`)
    if (index > 0 && from <= tariff.bands[index - 1]!.from)
      return refuse(`bands[${index}].from`, `${from} does not come after the band before`)
  }
  return ok(tariff)
}

type Zoned = Temporal.ZonedDateTime

const bandAt = (now: Zoned, { bands }: LocalTariff) => {
  const time = now.toPlainTime().toString({ smallestUnit: 'minute' })
  return bands.findLast(({ from }) => from <= time) ?? bands.at(-1)!
}

/** When a wall clock shows a time on a day: twice where an hour comes again, never where it is left out. */
const showing = (day: Temporal.PlainDate, from: string, timeZone: string): readonly Zoned[] => {
  const wanted = day.toPlainDateTime(from)
  return (['earlier', 'later'] as const)
    .map((disambiguation) => wanted.toZonedDateTime(timeZone, { disambiguation }))
    .filter((at) => at.toPlainTime().equals(wanted.toPlainTime()))
}

/** When prices change next, on the wall clock of the tariff's place; where that clock itself is changed, they may change with it. */
const nextChange = (now: Zoned, tariff: LocalTariff): Zoned => {
  const transition = now.getTimeZoneTransition('next')
  // The day after tomorrow, where tomorrow leaves the only time out.
  const days = [0, 1, 2].map((later) => now.toPlainDate().add({ days: later }))
  const changes = days.flatMap((day) => tariff.bands.flatMap(({ from }) => showing(day, from, tariff.timeZone)))
  if (transition !== null && bandAt(transition, tariff) !== bandAt(now, tariff)) changes.push(transition)
  const [next = now.add({ days: 1 })] = changes
    .filter((at) => Temporal.ZonedDateTime.compare(at, now) > 0)
    .sort((one, other) => Temporal.ZonedDateTime.compare(one, other))
  return next
}

/** The prices of the next so many seconds, one entry until each change. `tariff` has passed `checkTariff`. */
export const pricesFrom = (tariff: LocalTariff, at: EpochMs, horizonSeconds: number): AbsolutePrices => {
  const { currency, language, timeZone } = tariff
  const entries: AbsolutePrices['entries'][number][] = []
  let now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  for (let start = 0; start < horizonSeconds; ) {
    const { perKwh } = bandAt(now, tariff)
    const next = nextChange(now, tariff)
    const end = Math.min(horizonSeconds, Math.round((next.epochMilliseconds - at) / 1_000))
    const energyFee = feeOf(perKwh) ?? { value: 0, exponent: 0 }
    // Seconds are whole: less than half of one before a change is none.
    if (end > start) entries.push({ start: seconds(start), duration: seconds(end - start), energyFee })
    start = end
    now = next
  }
  return { form: 'absolute', id: ID, currency, language, entries }
}
