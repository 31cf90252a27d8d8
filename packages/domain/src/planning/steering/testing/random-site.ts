import { epochMs, HOUR, MINUTE, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../../site/index.ts'
import { stationTerms } from '../station-terms.ts'
import type { SpanPower, SpanPrice, SteeredCar, SteeredSite } from '../steered-site.ts'

const whole = (random: () => number, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

export const NOON = epochMs(Date.UTC(2026, 5, 15, 12))

const randomCar = (random: () => number, key: string, at: { now: number; stations: number; prices: readonly SpanPrice[] }): SteeredCar => {
  const currentType = random() < 0.8 ? 'AC' : 'DC'
  const phases = random() < 0.5 ? 1 : 3
  const unit = currentType === 'DC' || random() < 0.5 ? 'W' : 'A'
  const terms = stationTerms({ currentType, phases, unit, maxPeriods: random() < 0.3 ? whole(random, 1, 6) : undefined })
  if (!terms) throw new Error('these terms are always known')
  const departure = epochMs(at.now + whole(random, 10, 600) * MINUTE)
  const prices = at.prices.map(({ perKwh }) => perKwh)
  const parts = times(whole(random, 1, 3), () => ({
    energy: wattHours(whole(random, 100, 15_000)),
    perKwh: prices[whole(random, 0, prices.length - 1)]!,
  }))
  return {
    key,
    station: whole(random, 0, at.stations - 1),
    maxPower: watts(currentType === 'DC' ? whole(random, 20, 150) * 1_000 : phases * 230 * whole(random, 10, 32)),
    delivered: wattHours(whole(random, 0, 12_000)),
    deliveredAt: epochMs(at.now),
    wish:
      random() < 0.6
        ? { kind: 'promise', arrival: epochMs(at.now + whole(random, -200, 5) * MINUTE), curve: [], departure, parts, prices: at.prices }
        : {
            kind: 'walkIn',
            startedAt: epochMs(at.now - whole(random, 0, 300) * MINUTE),
            room: random() < 0.3 ? wattHours(whole(random, 1, 9_000)) : undefined,
          },
    terms,
    isResting: random() < 0.1,
    isExpected: false,
    inForce: undefined,
  }
}

/** For every third site one cap that runs or is near, and one later; drawn apart, so that sites are else as they would be. */
const randomCaps = (now: number): readonly SpanPower[] => {
  const random = seeded(now)
  if (random() >= 0.3) return []
  const first = epochMs(now + whole(random, -60, 120) * MINUTE)
  const second = epochMs(first + whole(random, 60, 200) * MINUTE)
  return [first, second].map((from) => ({
    from,
    to: epochMs(from + whole(random, 1, 60) * MINUTE),
    power: watts(whole(random, 0, 30_000)),
  }))
}

/** A site at a random minute, often with far too little for all. */
export const randomSite = (random: () => number): SteeredSite => {
  const now = epochMs(NOON + whole(random, 0, 3_600_000))
  const stations = times(whole(random, 1, 4), () => ({ limit: random() < 0.5 ? watts(whole(random, 3_000, 60_000)) : undefined }))
  const prices = times(12, (hour) => ({
    from: epochMs(NOON + hour * HOUR),
    to: epochMs(NOON + (hour + 1) * HOUR),
    perKwh: microsPerKwh(whole(random, 1, 4) * 100_000),
  }))
  const cars = times(whole(random, 1, 9), (index) => randomCar(random, `car ${index}`, { now, stations: stations.length, prices }))
  const caps = randomCaps(now)
  const loads = random() < 0.3 ? [{ station: 0, power: watts(whole(random, 0, 20_000)) }] : []
  return {
    now,
    limit: random() < 0.9 ? watts(whole(random, 2_000, 120_000)) : undefined,
    prices,
    stations,
    cars,
    loads,
    ...(caps.length > 0 && { caps }),
  }
}
