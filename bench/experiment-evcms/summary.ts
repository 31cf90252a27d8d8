import { askedPlan } from '@voltway/domain/planning'
import { NO_BOOKINGS } from '@voltway/domain/reservations'
import { isPeak } from '@voltway/domain/tariffs'
import { epochMs, MINUTE } from '@voltway/units'
import { caseOf, pounds } from './evcms-systems.ts'
import type { Answered, Given } from './run-bookings.ts'

export const SYSTEMS = ['original', 'paper', 'voltway'] as const
export type System = (typeof SYSTEMS)[number]

export interface SystemSummary {
  readonly system: System
  readonly given: number
  readonly refused: number
  /** Over the requests that no system refused, so that the systems are compared on the same drivers. */
  readonly meanCost: number
  /** Drivers who pay more than their wish as asked would cost at a free EVSE. */
  readonly worseOff: number
  readonly meanShiftMinutes: number
  /** Charges that end after the driver has to leave. */
  readonly afterDeparture: number
  /** Share of the energy that is charged in peak windows. */
  readonly peakShare: number
}

const mean = (values: readonly number[]) =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length

/** Energy on-peak and in all, in W·ms, looked at minute by minute. */
const energies = ({ booking }: Answered, { curve }: Given) => {
  let [onPeak, all] = [0, 0]
  for (const { from, to, power } of curve)
    for (let at: number = from; at < to; at += MINUTE) {
      const energy = power * Math.min(MINUTE, to - at)
      all += energy
      if (isPeak(booking.tariff, epochMs(at))) onPeak += energy
    }
  return { onPeak, all }
}

/** The price of the wish as asked when nobody is in the way: what "worse off" is measured against. */
const askedCost = ({ booking }: Answered): number => {
  const { wish, power, tariff } = booking
  const context = { tariff, freeSlots: NO_BOOKINGS, limits: { maxPower: power, efficiency: 1 }, now: wish.arrival }
  const plan = askedPlan(wish, context)
  return plan ? pounds(plan.cost) : Number.POSITIVE_INFINITY
}

const givenByAll = (answers: readonly Answered[]) => answers.filter((answer) => SYSTEMS.every((system) => answer[system]))

/** One system's answers to all requests in figures. */
export const summaryOf = (answers: readonly Answered[], system: System): SystemSummary => {
  const given = answers.flatMap((answer) => (answer[system] ? [{ answer, charge: answer[system] }] : []))
  const energy = given.map(({ answer, charge }) => energies(answer, charge))
  return {
    system,
    given: given.length,
    refused: answers.length - given.length,
    meanCost: mean(givenByAll(answers).map((answer) => answer[system]?.cost ?? Number.NaN)),
    worseOff: given.filter(({ answer, charge }) => charge.cost > askedCost(answer) + 1e-9).length,
    meanShiftMinutes: mean(given.map(({ answer, charge }) => (charge.start - answer.booking.wish.arrival) / MINUTE)),
    afterDeparture: given.filter(({ answer, charge }) => charge.end > answer.booking.wish.departure).length,
    peakShare: energy.reduce((sum, { onPeak }) => sum + onPeak, 0) / energy.reduce((sum, { all }) => sum + all, 0),
  }
}

export interface CaseSummary {
  readonly case: 1 | 2 | 3 | 4
  readonly bookings: number
  readonly cost: Readonly<Record<System, number>>
}

/** Average costs by the case that the asked time falls into; over the requests that no system refused. */
export const casesOf = (answers: readonly Answered[]): readonly CaseSummary[] =>
  ([1, 2, 3, 4] as const).map((number) => {
    const all = givenByAll(answers).filter((answer) => caseOf(answer.status) === number)
    const cost = (system: System) => mean(all.map((answer) => answer[system]?.cost ?? Number.NaN))
    return { case: number, bookings: all.length, cost: { original: cost('original'), paper: cost('paper'), voltway: cost('voltway') } }
  })
