import { amperes, epochMs, HOUR, watts } from '@voltway/units'
import { microsPerKw } from '../../full-site/index.ts'
import { microsPerKwh } from '../../site/index.ts'
import type { SpanPower, SteeredCar, SteeredSite } from '../steered-site.ts'
import { NOON } from './random-site.ts'

const whole = (random: () => number, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const PHASES = ['L1', 'L2', 'L3'] as const

const phasesOf = (random: () => number, { terms }: SteeredCar) =>
  // 6 A on one phase is the minimum of a car that uses one.
  terms.minimum >= 1_380 && terms.minimum < 4_140 ? PHASES[whole(random, 0, 2)] : 'three'

const hourly = (random: () => number, most: number): readonly SpanPower[] =>
  Array.from({ length: 12 }, (_, hour) => ({
    from: epochMs(NOON + hour * HOUR),
    to: epochMs(NOON + (hour + 1) * HOUR),
    power: watts(whole(random, 0, most)),
  }))

/** A random site with phases, and often with sun, building, demand charge and limited pauses too. */
export const withPhases = (random: () => number, site: SteeredSite): SteeredSite => {
  const limit = () => amperes(whole(random, 10, 120))
  return {
    ...site,
    cars: site.cars.map((car) => ({ ...car, phases: phasesOf(random, car), pauses: whole(random, 0, 2) })),
    loads: site.loads.map((load) => ({ ...load, phases: random() < 0.5 ? PHASES[whole(random, 0, 2)]! : 'three' })),
    stations: site.stations.map((station) => (random() < 0.3 ? { ...station, phaseLimit: limit() } : station)),
    ...(random() < 0.8 && { phaseLimits: [limit(), limit(), limit()] }),
    ...(random() < 0.5 && {
      surroundings: { load: hourly(random, 12_000), solar: hourly(random, 60_000), feedInPerKwh: microsPerKwh(80_000) },
    }),
    ...(random() < 0.3 && {
      demandCharge: { pricePerKw: microsPerKw(whole(random, 0, 9_000_000)), peakSoFar: watts(whole(random, 0, 30_000)) },
    }),
    ...(random() < 0.5 && { mostPauses: whole(random, 0, 3) }),
  }
}
