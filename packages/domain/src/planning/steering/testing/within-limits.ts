import assert from 'node:assert/strict'
import { type EpochMs, epochMs, HOUR, MINUTE, SECOND, wattHours } from '@voltway/units'
import { energyWithin, phasesAt, powerAt, type SetPointSchedule } from '../set-point-schedule.ts'
import type { SteeredCar, SteeredSite } from '../steered-site.ts'
import type { SteeringPlan } from '../steering-plan.ts'
import { NOON } from './random-site.ts'

const onPhase = (phases: string | undefined, phase: number) =>
  phases === undefined || phases === 'three' ? 1 / 3 : phases === `L${phase + 1}` ? 1 : 0

/** Of a car as its schedule has it at an instant: on one phase or on all that it uses. */
const drawnAt = ({ phases, switching }: SteeredCar, schedule: SetPointSchedule, at: EpochMs) =>
  switching && phasesAt(schedule, at) === 1 ? switching.phase : phases
/** The site's limit, or the cap that holds at an instant. */
export const siteLimitAt = ({ limit, caps = [] }: SteeredSite, at: EpochMs): number | undefined =>
  caps.reduce<number | undefined>((least, { from, to, power }) => (from <= at && at < to ? Math.min(least ?? power, power) : least), limit)
const forecastAt = (site: SteeredSite, at: EpochMs) => site.surroundings?.load.find(({ from, to }) => from <= at && at < to)?.power ?? 0

/** Every limit of site, stations and phases, at every instant at which a power may change and just before. */
export const assertWithinLimits = (site: SteeredSite, schedules: readonly SetPointSchedule[]) => {
  const changes = schedules.flatMap(({ start, periods }) => periods.map(({ startSeconds }) => start + startSeconds * SECOND))
  const hours = Array.from({ length: 24 }, (_, hour) => NOON + hour * HOUR)
  const capped = (site.caps ?? []).flatMap(({ from, to }) => [from, to])
  const instants = [site.now, ...changes, ...hours, ...capped].flatMap((at) => [at, at - 1]).filter((at) => at >= site.now)
  const below = [
    { ...site, isBelow: () => true, phaseLimits: site.phaseLimits, isSite: true },
    ...site.stations.map(({ limit, phaseLimit }, station) => ({
      limit,
      phaseLimits: phaseLimit === undefined ? undefined : [phaseLimit, phaseLimit, phaseLimit],
      isBelow: (one: { readonly station: number }) => one.station === station,
      isSite: false,
    })),
  ]
  for (const at of instants.map(epochMs)) {
    const powers = schedules.map((schedule) => powerAt(schedule, at))
    for (const { limit: own, phaseLimits, isBelow, isSite } of below) {
      const limit = isSite ? siteLimitAt(site, at) : own
      const sum = (share: (phases: string | undefined) => number) => ({
        cars: powers.reduce<number>((total, power, car) => {
          const steered = site.cars[car]!
          return total + (isBelow(steered) ? power * share(drawnAt(steered, schedules[car]!, at)) : 0)
        }, 0),
        others: site.loads.reduce((total, load) => total + (isBelow(load) ? load.power * share(load.phases) : 0), 0),
      })
      const building = isSite ? forecastAt(site, at) : 0
      const all = sum(() => 1)
      if (limit !== undefined && all.cars > 0)
        assert.ok(
          all.cars + all.others + building <= limit + 1e-6,
          `${all.cars} + ${all.others} + ${building} W of ${limit} W at ${at - site.now}`,
        )
      for (const [phase, most] of (phaseLimits ?? []).entries()) {
        const { cars, others } = sum((phases) => onPhase(phases, phase))
        const current = (cars + others + building / 3) / 230
        if (cars > 0) assert.ok(current <= most + 1e-6, `L${phase + 1} carries ${current} of ${most} A`)
      }
    }
    for (const [car, power] of powers.entries()) {
      const phases = phasesAt(schedules[car]!, at) ?? 3
      const { terms: ofThree, maxPower, switching } = site.cars[car]!
      // Said by the checker's own lines: one phase carries what each of three does, and its minimum at least.
      const one = phases === 1 ? switching : undefined
      const terms = one?.terms ?? ofThree
      const most = one ? Math.max(one.terms.minimum, maxPower / 3) : maxPower
      assert.ok(power === 0 || (power >= terms.minimum && power <= most + 1e-6), `car ${car} is told ${power} W`)
      assert.ok(Math.abs(power / terms.step - Math.round(power / terms.step)) < 1e-9, `${power} W is no whole step`)
    }
  }
}

/** The site some minutes later, when all did as they were told. */
export const laterSite = (first: SteeredSite, before: SteeringPlan, minutes: number): SteeredSite => {
  const now = epochMs(first.now + minutes * MINUTE)
  return {
    ...first,
    now,
    cars: first.cars.map((car, index) => {
      const { schedule } = before.cars[index]!
      const gained = energyWithin(schedule, first.now, now)
      return { ...car, inForce: schedule, deliveredAt: now, delivered: wattHours(Math.floor(car.delivered + gained)) }
    }),
  }
}
