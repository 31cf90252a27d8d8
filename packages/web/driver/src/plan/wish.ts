import type { Vehicle, Wish } from '../api/types.ts'

/** What the form holds, as typed. */
export interface WishForm {
  /** `yyyy-mm-dd` and `hh:mm` at the site; empty is now. */
  readonly day: string
  readonly arrival: string
  readonly until: 'departure' | 'duration'
  /** `hh:mm`; a time before the arrival is on the next day. */
  readonly departure: string
  readonly hours: number
  readonly amount: 'energy' | 'target'
  readonly kWh: number
  readonly socPercent: number
  readonly targetPercent: number
  /** In the currency's unit; undefined is none. */
  readonly cap: number | undefined
  /** 0 cheapest to 4 soonest. */
  readonly haste: number
}

/** What an hour of waiting is worth at each stop of the slider, in millionths of the currency's unit. */
export const WAITING_MICROS = ['0', '250000', '1000000', '4000000', '100000000'] as const

export const firstForm = (vehicle: Vehicle | undefined): WishForm => ({
  day: '',
  arrival: '',
  until: 'duration',
  departure: '',
  hours: 4,
  amount: vehicle ? 'target' : 'energy',
  kWh: 30,
  socPercent: 20,
  targetPercent: 80,
  cap: undefined,
  haste: 1,
})

/** An instant at a place's wall clock; a time skipped by daylight saving is read an hour later. */
export const instantAt = (day: string, time: string, timeZone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 0 })

/** The day and time of an instant at a place, as inputs write them. */
export const wallOf = (instant: number, timeZone: string) => {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  return { day: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

export type FormProblem = 'energyMissing' | 'targetBelow' | 'arrivalPast' | 'departureMissing'

const DAY = 86_400_000

const departureOf = (form: WishForm, arrival: string | undefined, place: { readonly timeZone: string; readonly now: number }) => {
  if (form.until === 'duration') return new Date((arrival ? Date.parse(arrival) : place.now) + form.hours * 3_600_000).toISOString()
  const base = arrival ? Date.parse(arrival) : place.now
  const day = wallOf(base, place.timeZone).day
  const same = instantAt(day, form.departure, place.timeZone)
  return Date.parse(same) > base ? same : instantAt(wallOf(base + DAY, place.timeZone).day, form.departure, place.timeZone)
}

/** The form as the platform asks for it, or what keeps it from being asked. */
export const wishOf = (
  form: WishForm,
  place: { readonly evseCode: string; readonly timeZone: string; readonly now: number; readonly vehicleId: string | undefined },
): Wish | FormProblem => {
  if (form.until === 'departure' && form.departure === '') return 'departureMissing'
  const byTarget = form.amount === 'target' && place.vehicleId !== undefined
  if (byTarget && form.targetPercent <= form.socPercent) return 'targetBelow'
  if (!byTarget && !(form.kWh > 0)) return 'energyMissing'
  const today = wallOf(place.now, place.timeZone)
  const later = form.arrival !== '' || (form.day !== '' && form.day !== today.day)
  const arrival = later ? instantAt(form.day || today.day, form.arrival || today.time, place.timeZone) : undefined
  if (arrival && Date.parse(arrival) < place.now - 60_000) return 'arrivalPast'
  return {
    evseCode: place.evseCode,
    ...(arrival && { arrival }),
    departure: departureOf(form, arrival, place),
    ...(byTarget ? { targetSocPercent: form.targetPercent, socPercent: form.socPercent } : { energyWh: Math.round(form.kWh * 1000) }),
    ...(place.vehicleId && { vehicleId: place.vehicleId }),
    ...(form.cap !== undefined && form.cap > 0 && { priceCapMicros: String(Math.round(form.cap * 1e6)) }),
    waitingMicrosPerHour: WAITING_MICROS[form.haste] ?? '0',
  }
}
