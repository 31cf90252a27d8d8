import type { Vehicle, Wish } from '../api/types.ts'
import { type ChoiceProblem, choiceProblem, choicesOf, type Goal, hasChoices, type MoreChoices, NO_CHOICES } from './more-choices.ts'
import { instantAt, nextAt, wallOf } from './wall-clock.ts'

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
  readonly more: MoreChoices
}

/** What an hour of waiting is worth at each stop of the slider, in millionths of the currency's unit. */
export const WAITING_MICROS = ['0', '250000', '1000000', '4000000', '100000000'] as const

/** What a plan is to be by the slider, where there is one plan and not several to compare. */
export const leaningOf = ({ haste }: Pick<WishForm, 'haste'>): Goal => (haste > 2 ? 'earliest' : 'cheapest')

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
  more: NO_CHOICES,
})

export type FormProblem = 'energyMissing' | 'targetBelow' | 'arrivalPast' | 'departureMissing' | ChoiceProblem

const departureOf = (form: WishForm, arrival: string | undefined, place: { readonly timeZone: string; readonly now: number }) => {
  if (form.until === 'duration') return new Date((arrival ? Date.parse(arrival) : place.now) + form.hours * 3_600_000).toISOString()
  return nextAt(form.departure, arrival ? Date.parse(arrival) : place.now, place.timeZone)
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
  const half = choiceProblem(form.more)
  if (half) return half
  return {
    evseCode: place.evseCode,
    ...(arrival && { arrival }),
    departure: departureOf(form, arrival, place),
    ...(byTarget ? { targetSocPercent: form.targetPercent, socPercent: form.socPercent } : { energyWh: Math.round(form.kWh * 1000) }),
    ...(place.vehicleId && { vehicleId: place.vehicleId }),
    ...(form.cap !== undefined && form.cap > 0 && { priceCapMicros: String(Math.round(form.cap * 1e6)) }),
    // The platform refuses the slider together with a choice: a choice says what matters.
    ...(hasChoices(form.more)
      ? choicesOf(form.more, {
          arrival: arrival ? Date.parse(arrival) : place.now,
          timeZone: place.timeZone,
          leaning: leaningOf(form),
        })
      : { waitingMicrosPerHour: WAITING_MICROS[form.haste] ?? '0' }),
  }
}
