import { plansFor } from '@voltway/domain/planning'
import { bookingIndex, NO_BOOKINGS } from '@voltway/domain/reservations'
import { availabilityMultiplier, isPeak, PAPER_TARIFF } from '@voltway/domain/tariffs'
import { DAY, epochMs, MINUTE, type WattHours, wattHours } from '@voltway/units'
import {
  type AskedStatus,
  CHARGING_RATE,
  caseOf,
  costAt,
  energyOf,
  optimisedMultiplier,
  originalMultiplier,
  pounds,
  sampleArrival,
  tableOneMultiplier,
} from './evcms-systems.ts'
import { PRINTED_TABLE_2, PRINTED_TABLE_3, type PrintedCase, type PrintedRow } from './paper.ts'

const ppm = (value: bigint) => Number(value) / 1e6
const STATUSES: readonly AskedStatus[] = [false, true].flatMap((peak) => [false, true].map((taken) => ({ peak, taken })))

/** Table 1 as the tariff's own function gives it at an on-peak and an off-peak moment. */
export const tableOne = () =>
  STATUSES.map(({ peak, taken }) => {
    const at = sampleArrival(peak)
    return { factor: ppm(availabilityMultiplier(PAPER_TARIFF, at, taken)), taken, peak: isPeak(PAPER_TARIFF, at) }
  })

export interface RowOfOurs {
  readonly tid: number
  readonly minutes: number
  readonly kWh: number
  readonly ps: 0 | 1
  readonly as: 0 | 1
  readonly acm: number
  readonly ac: number
  /** As printed; what was in fact moved is `moved`. */
  readonly sps: 0 | 1
  readonly oc: number
  /** 1 where the optimised cost shows a move off-peak, which is what Eq. 11 calls shifted. */
  readonly moved: 0 | 1
  readonly case: 1 | 2 | 3 | 4
  readonly printed: PrintedRow
}

const rowOf = (printed: PrintedRow): RowOfOurs => {
  const { tid, minutes, ps, as, sps } = printed
  const status = { peak: ps === 1, taken: as === 1 }
  const energy = energyOf(minutes * MINUTE)
  const at = sampleArrival(status.peak)
  return {
    tid,
    minutes,
    kWh: energy / 1_000,
    ps,
    as,
    acm: ppm(tableOneMultiplier(status)),
    ac: pounds(costAt({ start: at, energy }, originalMultiplier(status))),
    sps,
    oc: pounds(costAt({ start: at, energy }, optimisedMultiplier(status))),
    moved: status.peak && optimisedMultiplier(status) < originalMultiplier(status) ? 1 : 0,
    case: caseOf(status),
    printed,
  }
}

/** The ten printed rows, computed from minutes, peak status and availability alone. */
export const tableTwo = (): readonly RowOfOurs[] => PRINTED_TABLE_2.map(rowOf)

/** Whether a computed figure is the printed one to within half of its last digit, whichever way a half was rounded. */
export const agrees = (ours: number, printed: string): boolean => Math.abs(ours - Number(printed)) <= 0.05 + 1e-9

export interface CaseOfOurs {
  readonly case: 1 | 2 | 3 | 4
  readonly paper: { readonly original: number; readonly optimised: number }
  readonly voltway: { readonly original: number; readonly optimised: number }
  /** The paper's own rule applied to the same energy: does it give the paper's optimised average? */
  readonly rule: { readonly original: number; readonly optimised: number }
  readonly averageWh: WattHours
  readonly shiftMinutes: number
}

/** The average energy of a case: what is left of the original average without ToU and service charge, over Ec. */
const averageEnergy = ({ peak, taken, original }: PrintedCase): WattHours => {
  const { peakDemandCharge, serviceCharge, energyPerKwh } = PAPER_TARIFF
  const fixed = Number(serviceCharge) + ppm(originalMultiplier({ peak, taken })) * Number(peakDemandCharge)
  return wattHours(Math.round(((original * 1e6 - fixed) / Number(energyPerKwh)) * 1_000))
}

const caseOfOurs = (printed: PrintedCase): CaseOfOurs => {
  const energy = averageEnergy(printed)
  const arrival = sampleArrival(printed.peak)
  const durationMs = Math.ceil((energy * 3_600_000) / CHARGING_RATE)
  const taken = bookingIndex([{ start: epochMs(arrival - 30 * MINUTE), end: epochMs(arrival + 30 * MINUTE) }])
  if (!taken.ok) throw new Error(taken.failure)
  const plans = plansFor(
    { arrival, durationMs, energy, departure: epochMs(arrival + DAY) },
    {
      tariff: PAPER_TARIFF,
      freeSlots: printed.taken ? taken.value : NO_BOOKINGS,
      limits: { maxPower: CHARGING_RATE, efficiency: 1 },
      now: arrival,
    },
  )
  const [best] = plans
    .filter((plan) => plan.energy >= energy)
    .sort((a, b) => Number(a.cost.totalMicros - b.cost.totalMicros) || a.start - b.start)
  if (!best) throw new Error(`no plan for case ${printed.case}`)
  const original = pounds(costAt({ start: arrival, energy }, originalMultiplier(printed)))
  return {
    case: printed.case,
    paper: { original: printed.original, optimised: printed.optimised },
    voltway: { original, optimised: pounds(best.cost) },
    rule: { original, optimised: pounds(costAt({ start: arrival, energy }, optimisedMultiplier(printed))) },
    averageWh: energy,
    shiftMinutes: (best.start - arrival) / MINUTE,
  }
}

/** Table 3: the paper's averages, and what our planner offers a booking of each case's average energy. */
export const tableThree = (): readonly CaseOfOurs[] => PRINTED_TABLE_3.map(caseOfOurs)
